package dev.parley.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeptTest {
  private static final URI BEFORE = URI.create("http://127.0.0.1:1001");
  private static final URI NOW = URI.create("http://127.0.0.1:1002");

  @Test
  void a_gateways_own_reference_leads_to_where_it_is_now() {
    var own = new Kept("http://127.0.0.1:1001/services/counter/goods", List.of());

    assertThat(own.within(BEFORE).at(NOW).address())
        .isEqualTo("http://127.0.0.1:1002/services/counter/goods");
  }

  @Test
  void a_partners_reference_stays_as_it_is() {
    var shop = new Kept("http://127.0.0.1:10012/shop", List.of());

    assertThat(shop.within(BEFORE).at(NOW)).isEqualTo(shop);
  }
}
