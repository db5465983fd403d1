package dev.parley.deployment;

import dev.parley.message.Digest;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of models and contracts that is deployed as one.
 *
 * @param name the folder's name
 * @param files every file that counts (*.bpmn, *.wsdl, *.xsd), sorted
 * @param content of all files and their names; identical content deploys nothing
 */
public record Bundle(String name, Path root, List<Path> files, Digest content) {
  public Bundle {
    files = List.copyOf(files);
  }

  public List<Path> filesEndingWith(String suffix) {
    return files.stream().filter(f -> f.toString().endsWith(suffix)).toList();
  }
}
