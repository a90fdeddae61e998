"""A contract that import-linter does not have: a module's inner files are its own.

`[[tool.importlinter.contracts]]` in pyproject.toml names it as type `private_modules`.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateModulesContract(Contract):
    """`partnerwijzer.dossiers.forms` may be imported from within `partnerwijzer.dossiers` only.

    container: the package whose children are the modules.
    private_names: files and packages of a module that no other module may import.
    allowed_importers: packages that may all the same, since they tie the product together.
    """

    container = fields.StringField()
    private_names = fields.SetField(subfield=fields.StringField())
    allowed_importers = fields.SetField(
        subfield=fields.StringField(), required=False, default=set()
    )

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        offenders = sorted(
            (importer, inner)
            for module in graph.find_children(str(self.container))
            for inner in self._private(graph, module)
            for importer in graph.find_modules_that_directly_import(inner)
            if not self._may_import(importer, module)
        )
        return ContractCheck(kept=not offenders, metadata={"offenders": offenders})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, inner in check.metadata["offenders"]:
            output.print_error(f"{importer} imports {inner}, which is private to its module.")

    def _private(self, graph: ImportGraph, module: str) -> set[str]:
        """The private files of one module, and what lies in them where they are packages."""
        tops = {
            child
            for child in graph.find_children(module)
            if child.rsplit(".", 1)[1] in self.private_names  # type: ignore[operator]
        }
        return tops | {inner for top in tops for inner in graph.find_descendants(top)}

    def _may_import(self, importer: str, module: str) -> bool:
        welcome = {module, *self.allowed_importers}  # type: ignore[misc]
        return any(importer == name or importer.startswith(f"{name}.") for name in welcome)
