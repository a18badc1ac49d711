"""What goes wrong outside of the code: kills, full disks, clocks, hostile and broken senders. On real processes, under load."""
