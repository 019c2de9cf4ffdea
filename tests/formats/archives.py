"""ZIP archives as Chinese Windows programs write them (names in GBK without the UTF-8 flag), and archives without dates."""

import io
import zipfile

DATE = (2024, 1, 15, 9, 0, 0)


class GbkInfo(zipfile.ZipInfo):
    """An entry whose name is stored as GBK bytes, without saying so."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def pack(files):
    """An archive of {name: bytes}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(GbkInfo(name, DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def undated(data):
    """The same archive with every entry of one fixed date, so that the same seed gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            archive.writestr(zipfile.ZipInfo(name, DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
