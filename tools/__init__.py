"""Tools of the house: run by ``make``, never shipped with the program."""
