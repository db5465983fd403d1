package dev.parley.model;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployable;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;

/**
 * A process {@code sell}, drawn with {@link Drawing}, over fixed contracts: the shop provides
 * {@code place}, {@code pay}, {@code cancel} (in-only) and {@code ask} (in-out, fault {@code
 * unknown}); the bank provides {@code charge} (in-out, fault {@code noFunds}) and {@code tell}
 * (in-only). The first four carry the keys {@code byOrder} and {@code byCustomer}.
 */
public final class Shop {
  public static final String SHOP = "urn:example:shop";
  public static final String BANK = "urn:example:bank";
  public static final QName NO_FUNDS = new QName(BANK, "noFunds");
  public static final QName UNKNOWN = new QName(SHOP, "unknown");

  private static final Path FILES = Path.of("src/test/resources/dev/parley/model");
  private static final Map<String, String> ELEMENTS =
      Map.of("place", "order", "pay", "payment", "cancel", "cancellation", "ask", "question");

  private Shop() {}

  /** Compiles the process; policies are attributes of the process element. */
  public static ExecutableProcess compile(String policies, String... drawing) {
    return compile(policies, Map.of(), drawing);
  }

  /** The same, with texts of the model replaced. */
  public static ExecutableProcess compile(
      String policies, Map<String, String> replacements, String... drawing) {
    return compile("sell", policies, replacements, drawing);
  }

  /** A process of another key, which takes no messages of the shop. */
  public static ExecutableProcess other(String key, String... drawing) {
    return compile(key, "", Map.of(), drawing);
  }

  private static ExecutableProcess compile(
      String key, String policies, Map<String, String> replacements, String... drawing) {
    return accepted(() -> compiled(key, policies, Map.of(), replacements, drawing))
        .processes()
        .getFirst();
  }

  static Deployable accepted(Deployment deployment) {
    try {
      return deployment.make();
    } catch (RefusedException e) {
      var errors = e.findings().stream().filter(f -> f.toString().contains(" error: ")).toList();
      throw new AssertionError(errors.toString());
    }
  }

  /** A bundle that may be refused. */
  interface Deployment {
    Deployable make() throws RefusedException;
  }

  /** With more contracts, by the names of their files. */
  static Deployable compiled(
      String key,
      String policies,
      Map<String, String> contracts,
      Map<String, String> replacements,
      String... drawing)
      throws RefusedException {
    try {
      var root = Files.createTempDirectory("shop");
      for (var contract : contracts.entrySet()) {
        Files.writeString(root.resolve(contract.getKey()), contract.getValue());
      }
      for (var file : new String[] {"shop.wsdl", "bank.wsdl"}) {
        Files.copy(FILES.resolve(file), root.resolve(file));
      }
      var process =
          "<process id=\"%s\" name=\"Sell\" isExecutable=\"true\" %s>%n%s%n</process>"
              .formatted(key, policies, content(drawing));
      var model = Files.readString(FILES.resolve("shop.bpmn"));
      model = model.replace("\"tns:sell\"", "\"tns:" + key + "\"");
      model = model.replace("</definitions>", Drawing.CATALOGUE + "</definitions>");
      for (var replacement : replacements.entrySet()) {
        model = model.replace(replacement.getKey(), replacement.getValue());
      }
      Files.writeString(
          root.resolve("shop.bpmn"), model.replaceFirst("<process [^>]*/>", quoted(process)));
      return new Deployer(new Expressions(), Settings.DEFAULT).compile(Bundles.read(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process's own data inputs and outputs stand before everything else. */
  private static String content(String... drawing) {
    var parts = new ArrayList<>(List.of(drawing));
    boolean specified = parts.getFirst().startsWith("<ioSpecification");
    parts.add(specified ? 1 : 0, Drawing.DATA);
    return String.join("\n", parts);
  }

  private static String quoted(String replacement) {
    return replacement.replace("\\", "\\\\").replace("$", "\\$");
  }

  public static OperationName operation(String name) {
    return new OperationName(new QName(SHOP, "Orders"), name);
  }

  /** A message to the shop; id 0 has no customer. */
  public static Message message(long id, String operation, String order) {
    return message(id, operation, order, "");
  }

  /** A message to the shop about an order of a customer. */
  public static Message message(long id, String operation, String order, String customer) {
    return message(id, operation, body(operation, order, customer), Headers.NONE);
  }

  public static Message message(long id, String operation, Body body, Headers headers) {
    return new Message(
        new MessageId(id), "sell", operation(operation), MessageKind.INPUT, body, headers, "");
  }

  public static Body body(String operation, String order, String customer) {
    var content = new StringBuilder();
    if (!order.isEmpty()) {
      content.append("<orderId>").append(order).append("</orderId>");
    }
    if (!customer.isEmpty()) {
      content.append("<customer>").append(customer).append("</customer>");
    }
    return Body.of(
        "<%1$s xmlns=\"%2$s\">%3$s</%1$s>".formatted(ELEMENTS.get(operation), SHOP, content));
  }

  public static Body receipt(String text) {
    return Body.of("<receipt xmlns=\"%s\">%s</receipt>".formatted(BANK, text));
  }

  public static Body refusal(String text) {
    return Body.of("<refusal xmlns=\"%s\">%s</refusal>".formatted(BANK, text));
  }
}
