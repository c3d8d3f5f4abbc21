"""What help tells of tables to bring in: their columns, and what stands in each."""

from importlib import import_module

from services.xfh.speaking import Parser

# As in schemas/exchange/kinds.py, which takes longer to load than most commands run.
IMPORTED = {
    "units": "联建单位",
    "partners": "社区合伙人",
    "offerings": "资源",
    "needs": "需求",
    "branches": "党支部",
    "courtyards": "院落",
    "grids": "微网格",
    "doors": "门户",
    "members": "网格员",
    "people": "登记的人",
    "activities": "活动草稿",
}
OF_DIVISIONS = """表格的列，第一行照写：
  code,name,level,parent,status
  990101,示例区,district,,official
  990101001,示例街道,street,990101,official
  990101001001,示例社区,community,990101001,demo
code 为 6、9 或 12 位区划代码；level 为 district（区）、street（街道）或 community（社区）；
parent 为上级的代码，区的空着；status 为 official（官方代码）或 demo（演示代码）。"""


class ImportParser(Parser):
    """Its help tells the columns, which take longer to load than most commands run."""

    def format_help(self) -> str:
        kinds = import_module("schemas.exchange.kinds").KINDS
        explained = import_module("services.xfh.commands.imports").explained
        lines = explained(kinds[self.prog.split()[-1]])
        columns = "".join(f"  {line}\n" for line in lines)
        return f"{super().format_help()}\n各列：\n{columns}"
