package dev.parley.simulation;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.turn.Deployments;
import dev.parley.turn.ProcessVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/** The bundles that are simulated, each in several editions, compiled once. */
final class Models {
  private static final String NAMESPACE = "urn:parley:simulation:";
  private static final List<Model> ALL = compile();
  private static final IdentityHashMap<ExecutableProcess, String> PREFIXES =
      new IdentityHashMap<>();

  static {
    ALL.forEach(m -> m.processes().forEach(p -> PREFIXES.put(p, m.prefix())));
  }

  private Models() {}

  /** The editions that are in the files. */
  static List<Model> first() {
    return ALL.stream().filter(m -> m.edition() == 0).toList();
  }

  /** Every edition of every bundle. */
  static List<Model> all() {
    return ALL;
  }

  /** The editions of each bundle. */
  static Collection<List<Model>> bundles() {
    return ALL.stream()
        .collect(Collectors.groupingBy(Model::bundle, TreeMap::new, Collectors.toList()))
        .values();
  }

  static Model of(DeploymentRow row) {
    return ALL.stream().filter(m -> m.isIn(row)).findFirst().orElseThrow();
  }

  /** What stands in front of the values that the keys of a process have in a message. */
  static String prefix(ExecutableProcess process) {
    return PREFIXES.getOrDefault(process, "");
  }

  static Deployments deployments(Collection<DeploymentRow> rows) {
    var versions = new ArrayList<ProcessVersion>();
    rows.forEach(row -> versions.addAll(of(row).versions(row)));
    return Deployments.NONE.with(versions);
  }

  /** The rows that the deployment of some bundles leaves. */
  static List<DeploymentRow> rows(List<Model> models) {
    var rows = new ArrayList<DeploymentRow>();
    for (var model : models) {
      rows.add(model.row(rows.size() + 1, rows));
    }
    return rows;
  }

  /** An operation that a process provides. */
  static OperationName operation(String process, String operation) {
    return new OperationName(new QName(NAMESPACE + process, process), operation);
  }

  static String namespace(String contract) {
    return NAMESPACE + contract;
  }

  private static List<Model> compile() {
    var deployer = new Deployer(new Expressions(), Settings.DEFAULT);
    var models = new ArrayList<Model>();
    for (var edition : Edition.ALL) {
      int number = (int) models.stream().filter(m -> m.bundle().equals(edition.bundle())).count();
      models.add(new Model(edition.bundle(), number, edition.prefix(), compile(deployer, edition)));
    }
    return List.copyOf(models);
  }

  private static List<ExecutableProcess> compile(Deployer deployer, Edition edition) {
    try {
      var folder = Files.createTempDirectory("parley-simulation");
      var bundle = Files.createDirectory(folder.resolve(edition.bundle()));
      try {
        String name = edition.bundle();
        Files.writeString(
            bundle.resolve(name + ".bpmn"), edition.appliedTo(text(name + "/" + name + ".bpmn")));
        for (var file : List.of(name + ".wsdl", "partner.wsdl")) {
          Files.writeString(bundle.resolve(file), text(name + "/" + file));
        }
        return deployer.compile(Bundles.read(bundle)).processes();
      } finally {
        delete(bundle);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RefusedException e) {
      throw new IllegalStateException("A simulated bundle is refused: " + edition, e);
    }
  }

  private static String text(String resource) throws IOException {
    try (var in = Objects.requireNonNull(Models.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
