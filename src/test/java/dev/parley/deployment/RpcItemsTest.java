package dev.parley.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a model names the messages of rpc operations. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RpcItemsTest {
  private static final Path RPC = Path.of("src/test/resources/soap/rpc");

  @TempDir Path folder;

  @Test
  void the_item_of_an_rpc_message_is_its_wrapper() throws Exception {
    assertThat(bundle("q:quote\"", "q:quote\"").warnings()).isEmpty();
  }

  @Test
  void a_finding_about_an_item_tells_the_wrapper() throws Exception {
    assertThat(bundle("structureRef=\"q:quote\"", "structureRef=\"q:Ask\"").findings())
        .filteredOn(f -> f.rule().equals("deployment.message-type"))
        .extracting(Finding::problem)
        .containsExactly(
            "Expected inMessageRef to name a message whose item is {urn:example:quotes}quote, as in"
                + " the WSDL (quotes.wsdl:29), but the item of 'ask' is {urn:example:quotes}Ask.");
  }

  private BundleUnderTest bundle(String old, String text) throws Exception {
    for (var file : new String[] {"quotes.bpmn", "quotes.wsdl"}) {
      Files.copy(RPC.resolve(file), folder.resolve(file));
    }
    return new BundleUnderTest(folder).replacing("quotes.bpmn", old, text);
  }
}
