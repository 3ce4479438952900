"""The calendar: days, arranged times, who waits for one."""
