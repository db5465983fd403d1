package dev.parley.deployment;

import dev.parley.finding.Location;
import dev.parley.finding.RefusedException;
import dev.parley.message.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds and reads the bundles of a folder; the folder is not kept open or watched. */
public final class Bundles {
  static final int MAX_FILES = 1_000;
  static final long MAX_FILE_BYTES = 10L << 20;
  static final long MAX_BYTES = 64L << 20;

  private static final List<String> SUFFIXES = List.of(".bpmn", ".wsdl", ".xsd");

  private Bundles() {}

  /** The bundle that a folder is, with everything below it. */
  public static Bundle read(Path folder) throws IOException, RefusedException {
    if (!Files.isDirectory(folder)) {
      throw missing(folder);
    }
    var root = folder.toRealPath();
    var files = filesBelow(root);
    checkLimits(root, files);
    return new Bundle(
        fileName(folder.toAbsolutePath().normalize()), root, files, digest(root, files));
  }

  /** Every bundle of these folders: each one itself, or those directly below it. */
  public static List<Bundle> find(List<Path> folders) throws IOException, RefusedException {
    var bundles = new ArrayList<Bundle>();
    for (var folder : folders) {
      for (var root : roots(folder)) {
        bundles.add(read(root));
      }
    }
    return List.copyOf(bundles);
  }

  /** Whether a file of this name is part of a bundle. */
  static boolean counts(String name) {
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /** A file's name inside its bundle, with slashes. */
  static String nameIn(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static List<Path> roots(Path folder) throws IOException, RefusedException {
    if (!Files.isDirectory(folder)) {
      throw missing(folder);
    }
    if (holdsModel(folder)) {
      return List.of(folder);
    }
    var roots = new ArrayList<Path>();
    for (var child : children(folder)) {
      if (Files.isDirectory(child) && holdsModel(child)) {
        roots.add(child);
      }
    }
    if (roots.isEmpty()) {
      throw Findings.refusal(
          Location.of(folder.toString()),
          "",
          "bundle.no-model",
          "Expected a *.bpmn file in the folder or in one of its direct sub-folders, but found"
              + " none.",
          "Put the process model there, or name another folder.");
    }
    return roots;
  }

  private static boolean holdsModel(Path folder) throws IOException {
    return children(folder).stream().anyMatch(f -> f.toString().endsWith(".bpmn"));
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private static List<Path> filesBelow(Path root) throws IOException, RefusedException {
    var files = new ArrayList<Path>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(f -> !isHidden(root, f) && !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))
          .filter(f -> counts(f.toString()) || Files.isSymbolicLink(f))
          .forEach(files::add);
    }
    for (var file : files) {
      checkLink(root, file);
    }
    return files.stream()
        .filter(f -> counts(f.toString()))
        .sorted(Comparator.comparing(f -> nameIn(root, f)))
        .toList();
  }

  private static boolean isHidden(Path root, Path file) {
    for (var part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static void checkLink(Path root, Path file) throws IOException, RefusedException {
    boolean inside = Files.isRegularFile(file) && file.toRealPath().startsWith(root);
    if (Files.isSymbolicLink(file) && !inside) {
      throw Findings.refusal(
          Location.of(nameIn(root, file)),
          "",
          "bundle.link",
          "Expected every file to be inside the bundle, but this link leads out of it or to a"
              + " folder.",
          "Copy what it points at into the bundle.");
    }
  }

  private static void checkLimits(Path root, List<Path> files)
      throws IOException, RefusedException {
    long bytes = 0;
    for (var file : files) {
      long size = Files.size(file);
      bytes += size;
      if (size > MAX_FILE_BYTES || bytes > MAX_BYTES) {
        throw tooLarge(nameIn(root, file));
      }
    }
    if (files.size() > MAX_FILES) {
      throw tooLarge(nameIn(root, files.get(MAX_FILES)));
    }
  }

  static RefusedException tooLarge(String file) {
    return Findings.refusal(
        Location.of(file),
        "",
        "bundle.too-large",
        "Expected at most %d files of at most %d MiB each, %d MiB together, but this file exceeds that."
            .formatted(MAX_FILES, MAX_FILE_BYTES >> 20, MAX_BYTES >> 20),
        "Name the folder of the bundle itself, or split it.");
  }

  private static Digest digest(Path root, List<Path> files) throws IOException {
    var parts = new ArrayList<String>();
    for (var file : files) {
      parts.add(nameIn(root, file));
      parts.add(Digest.of(Files.readAllBytes(file)).toString());
    }
    return Digest.of(parts.toArray(String[]::new));
  }

  private static RefusedException missing(Path folder) {
    return Findings.refusal(
        Location.of(folder.toString()),
        "",
        "bundle.no-folder",
        "Expected a folder, but there is none.",
        "Correct the path, or create the folder.");
  }

  private static String fileName(Path root) {
    var name = root.getFileName();
    return name == null ? "bundle" : name.toString();
  }
}
