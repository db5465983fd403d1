package dev.parley.deployment;

import dev.parley.finding.Location;
import dev.parley.finding.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A bundle as one ZIP archive; the same bundle always gives the same bytes. */
public final class BundleArchive {
  // Entries bear a time of their own, which must not make two equal bundles differ.
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private BundleArchive() {}

  public static byte[] zip(Bundle bundle) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (var file : bundle.files()) {
        var entry = new ZipEntry(Bundles.nameIn(bundle.root(), file));
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Unpacks an archive into a folder, which must be empty or not exist yet.
   *
   * @param name of the bundle
   */
  public static Bundle unzip(byte[] archive, String name, Path targetFolder)
      throws IOException, RefusedException {
    var root = targetFolder.toAbsolutePath().normalize();
    Files.createDirectories(root);
    requireEmpty(root);
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
      unpack(zip, root);
    }
    var read = Bundles.read(root);
    return new Bundle(name, read.root(), read.files(), read.content());
  }

  private static void unpack(ZipInputStream zip, Path root) throws IOException, RefusedException {
    int count = 0;
    long left = Bundles.MAX_BYTES;
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.isDirectory()) {
        continue;
      }
      var file = target(root, entry.getName());
      byte[] content = zip.readNBytes((int) Bundles.MAX_FILE_BYTES + 1);
      left -= content.length;
      count++;
      if (content.length > Bundles.MAX_FILE_BYTES || left < 0 || count > Bundles.MAX_FILES) {
        throw Bundles.tooLarge(entry.getName());
      }
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, content);
    }
  }

  private static Path target(Path root, String name) throws RefusedException {
    var file = name.indexOf('\0') < 0 ? root.resolve(name).normalize() : root;
    boolean inside = file.startsWith(root) && !file.equals(root);
    if (!inside || name.contains("\\") || name.contains(":") || !Bundles.counts(name)) {
      throw Findings.refusal(
          Location.of(name),
          "",
          "bundle.archive-entry",
          "Expected a *.bpmn, *.wsdl or *.xsd file inside the bundle, but found the entry '%s'."
              .formatted(name),
          "Make the archive anew from the bundle's folder.");
    }
    return file;
  }

  private static void requireEmpty(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      if (children.findAny().isPresent()) {
        throw new DirectoryNotEmptyException(root.toString());
      }
    }
  }
}
