package dev.parley.simulation;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.message.OperationName;
import dev.parley.turn.Deployments;
import dev.parley.turn.ProcessVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.namespace.QName;

/** The bundles that are simulated, compiled once. */
final class Models {
  private static final String NAMESPACE = "urn:parley:simulation:";
  private static final List<String> BUNDLES = List.of("order", "inspection", "basket", "insurance");
  private static final Deployments DEPLOYMENTS = deploy();

  private Models() {}

  static Deployments deployments() {
    return DEPLOYMENTS;
  }

  /** An operation that a process provides. */
  static OperationName operation(String process, String operation) {
    return new OperationName(new QName(NAMESPACE + process, process), operation);
  }

  static String namespace(String contract) {
    return NAMESPACE + contract;
  }

  private static Deployments deploy() {
    try {
      var folder = Files.createTempDirectory("parley-simulation");
      var deployer = new Deployer(new Expressions(), Settings.DEFAULT);
      var versions = new ArrayList<ProcessVersion>();
      for (var name : BUNDLES) {
        var bundle = Files.createDirectory(folder.resolve(name));
        for (var file : List.of(name + ".bpmn", name + ".wsdl", "partner.wsdl")) {
          copy(name + "/" + file, bundle.resolve(file));
        }
        for (var process : deployer.compile(Bundles.read(bundle)).processes()) {
          versions.add(new ProcessVersion(versions.size() + 1, 1, process));
        }
        delete(bundle);
      }
      Files.delete(folder);
      return Deployments.NONE.with(versions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RefusedException e) {
      throw new IllegalStateException("The simulated bundles are refused", e);
    }
  }

  private static void copy(String resource, Path to) throws IOException {
    try (var in = Objects.requireNonNull(Models.class.getResourceAsStream(resource), resource)) {
      Files.copy(in, to);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
