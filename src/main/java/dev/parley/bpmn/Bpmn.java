package dev.parley.bpmn;

import dev.parley.finding.RefusedException;
import java.nio.file.Path;

/** Reads BPMN 2.0 files (BPMN 2.0.2, clauses 8 to 10 and 15). */
public final class Bpmn {

  private Bpmn() {}

  /**
   * Reads one file of a bundle, or refuses it with every finding at once.
   *
   * @param root the bundle's folder, to which locations are relative
   */
  public static Definitions read(Path root, Path file) throws RefusedException {
    var folder = root.toAbsolutePath().normalize();
    String name =
        folder.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    var findings = new Findings();
    var definitions = LocatedXml.read(file, name);
    SchemaValidity.check(definitions, findings);
    // What follows relies on the schema; ids alone may be wrong without harm.
    if (findings.has(Rule.SCHEMA)) {
      findings.refuseErrors();
    }
    var read = new DefinitionsReader(definitions, findings, new ImportReader(root, file, findings));
    return read.read();
  }
}
