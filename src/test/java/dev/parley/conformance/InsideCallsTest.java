package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.run.CaseRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that ask each other inside the gateway, as long as the model lets them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InsideCallsTest {
  private static final String STEPS =
      """
      <case xmlns="urn:parley:conformance:1" xmlns:m="urn:example:mail-orders">
        <deploy bundle="asking"/><deploy bundle="asked"/><settings replyWithin="PT4H"/>
        <send operation="mail"><m:mailOrder><m:orderId>4711</m:orderId><m:article>teapot</m:article></m:mailOrder></send>
        <advance by="PT20M"/>
        <expect-reply to="mail"><m:posted><m:orderId>4711</m:orderId><m:parcel>D-4711</m:parcel></m:posted></expect-reply>
      </case>
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void the_only_attempt_waits_for_another_process_as_long_as_the_model_says() throws Exception {
    assertThat(played("PT1H")).isEmpty();
    assertThat(played("PT19M")).isNotEmpty();
  }

  /** Why it failed; empty where it passed. */
  private String played(String answerWithin) throws Exception {
    copy(
        Path.of("patterns/message-flow"),
        "asking",
        model ->
            model.replace(
                "parley:result=\"packed\"",
                "parley:attempts=\"1\" parley:answerWithin=\"%s\" parley:result=\"packed\""
                    .formatted(answerWithin)));
    copy(
        Path.of("conformance/message-flow/depot"),
        "asked",
        model -> model.replace("PT3M", "PT20M"));
    var file = Files.writeString(folder.resolve("case.xml"), STEPS);
    return CaseRunner.inProcess()
        .run(new CaseReader(Path.of("")).read(List.of(file)).getFirst())
        .reason();
  }

  private void copy(Path bundle, String name, UnaryOperator<String> change) throws IOException {
    var to = Files.createDirectories(folder.resolve(name));
    try (var files = Files.list(bundle)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(
            to.resolve(String.valueOf(file.getFileName())), change.apply(Files.readString(file)));
      }
    }
  }
}
