"""How complete the files are, by weights the branch sets."""
