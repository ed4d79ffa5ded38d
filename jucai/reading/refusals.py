"""Why a file cannot be read: one class per reason, each with a sentence that tells the sender what to do."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer to the sender, not an error of the program
    """A file that is not read; the message is Chinese and meant for the sender."""

    message = "无法读取该文件，请重新导出为PDF后再次发送。"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class EmptyFile(Refusal):
    """Zero bytes arrived."""

    message = "收到的文件是空的（0字节），请检查附件后重新发送。"


class NotPdf(Refusal):
    """Another kind of file carries the name of a PDF."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"该文件实际是{kind}，不是PDF。请用“另存为/导出PDF”转换后重新发送，不要直接改扩展名。")


class UnknownContent(Refusal):
    """The bytes are no PDF and nothing else that is known."""

    message = "该文件不是PDF，无法识别其内容。请将申请表导出为PDF后重新发送。"


class Encrypted(Refusal):
    """A password is needed to open the file."""

    message = "该PDF设有打开密码，无法读取。请取消密码保护后重新发送。"


class Truncated(Refusal):
    """The end of the file is missing or its structure is broken."""

    message = "该PDF不完整或已损坏（可能上传中断），请重新导出后再次发送。"


class TooLarge(Refusal):
    """More bytes than the office takes."""

    def __init__(self, limit_mib: int) -> None:
        super().__init__(f"文件超过{limit_mib}MB，请压缩图片或分开扫描后重新发送。")


class TooManyPages(Refusal):
    """More pages than an application can have."""

    def __init__(self, pages: int, limit: int) -> None:
        super().__init__(f"文件共{pages}页，超过{limit}页上限。请只发送申请表，附件另行发送。")


class TooComplex(Refusal):
    """The file unfolds into more than an honest form ever holds."""

    message = "该PDF内部结构异常复杂，已停止读取。请打印后重新扫描，或重新导出为普通PDF再发送。"


class NoPages(Refusal):
    """A PDF without a page."""

    message = "该PDF没有任何页面，请重新导出后再次发送。"


class DynamicForm(Refusal):
    """An XFA form: its content shows in one vendor's program only."""

    message = "该PDF是动态XFA表单，只能用特定软件显示。请打印为普通PDF（“打印到PDF”）后重新发送。"


class GarbledText(Refusal):
    """The fonts do not tell which characters they draw."""

    message = "该PDF的文字编码缺失，读出的内容不可信。请重新导出（勾选嵌入字体），或打印扫描后重新发送。"
