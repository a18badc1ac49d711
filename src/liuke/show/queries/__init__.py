"""What each page reads. A function per question; none of them changes anything."""
