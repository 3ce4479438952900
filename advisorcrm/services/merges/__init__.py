"""Two files of one person: found, compared, made one."""
