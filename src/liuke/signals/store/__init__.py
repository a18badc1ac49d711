"""Tables of the step `signals`: rules, their versions, and who matched them when."""
