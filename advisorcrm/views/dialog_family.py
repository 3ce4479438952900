"""A family whose matters open in windows over the page, and what these wish for."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from advisorcrm.views.page_family import PageFamily


class DialogFamily(PageFamily):
    """Opens one dialog at a time; clients, papers and files it wants are the window's work."""

    dialog: QDialog | None = None

    def show_dialog(self, dialog: QDialog) -> None:
        """Open it and carry its wishes on."""
        self.dialog = dialog
        ways = self.ways
        for name, slot in (
            ("client_wanted", ways.show_client),
            ("print_wanted", ways.print_report),
            ("export_wanted", ways.export_report),
            ("told", ways.window.toast),
        ):
            wish = getattr(dialog, name, None)
            if wish is not None:
                wish.connect(slot)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
