package dev.parley.conformance.language;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads cases; every mistake is told with its line, all of them at once. */
public final class CaseReader {
  private final Path project;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param project the folder that bundles are named relative to, unless they are beside the case
   */
  public CaseReader(Path project) {
    this.project = project;
  }

  /**
   * Every case of these folders: in each one itself and in those below it. Refuses a folder without
   * any, and cases with mistakes.
   */
  public List<Case> read(List<Path> folders) throws IOException, RefusedException {
    var cases = new ArrayList<Case>();
    for (var folder : folders) {
      for (var file : files(folder)) {
        read(file).ifPresent(cases::add);
      }
    }
    if (!findings.isEmpty()) {
      throw new RefusedException(findings);
    }
    return cases;
  }

  private Optional<Case> read(Path file) throws IOException {
    var own = new ArrayList<Finding>();
    String shown = shown(file);
    var document = CaseDocument.read(file, shown, own);
    if (own.isEmpty()) {
      new Shape(own).check(new Tag(document.getDocumentElement(), shown));
    }
    if (own.isEmpty()) {
      var tag = new Tag(document.getDocumentElement(), shown);
      var folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
      var steps = new StepReader(bundle -> bundle(folder, bundle)).steps(tag);
      String name = last(file).replaceFirst("\\.xml$", "");
      var description = tag.tag("description").map(t -> t.text().strip()).orElse("");
      new CaseCheck(own).check(steps, tag.at());
      if (own.isEmpty()) {
        return Optional.of(new Case(file, last(folder), name, description, steps));
      }
    }
    findings.addAll(own);
    return Optional.empty();
  }

  private static String last(Path path) {
    return String.valueOf(path.getFileName());
  }

  private Path bundle(Path folder, String bundle) {
    var beside = folder.resolve(bundle).normalize();
    return Files.isDirectory(beside) ? beside : project.resolve(bundle).normalize();
  }

  private List<Path> files(Path folder) throws IOException {
    if (Files.isRegularFile(folder)) {
      return List.of(folder);
    }
    if (!Files.isDirectory(folder)) {
      refuse(
          folder,
          "case.no-folder",
          "Expected a folder of cases, but there is none.",
          "Correct the path, or create the folder.");
      return List.of();
    }
    var files = new ArrayList<Path>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(f -> f.toString().endsWith(".xml")).sorted().forEach(files::add);
    }
    if (files.isEmpty()) {
      refuse(
          folder,
          "case.none",
          "Expected cases (*.xml) in this folder or below it, but found none.",
          "Write one, see docs/conformance.md, or name another folder.");
    }
    return files;
  }

  private void refuse(Path folder, String rule, String problem, String remedy) {
    findings.add(Finding.error(Location.of(shown(folder)), "", rule, problem, remedy));
  }

  /** As a user would name it here. */
  private static String shown(Path file) {
    var here = Path.of("").toAbsolutePath();
    var absolute = file.toAbsolutePath().normalize();
    return (absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : file)
        .toString();
  }
}
