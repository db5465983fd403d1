package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplyAddressesTest {
  private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.216.34");

  @Test
  void without_a_list_nothing_is_allowed() {
    assertThat(ReplyAddresses.NONE.allows("https://a.example/")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example, http://a.example/b?c=d",
    "http://a.example, HTTP://A.Example:80",
    "http://a.example:80, http://a.example",
    "https://a.example/, https://a.example:443/b",
    "HTTPS://A.EXAMPLE, https://a.example",
    "http://a.example:8080, http://a.example:8080/",
    "http://a.example:*, http://a.example:8080/",
    "https://*.example.org, https://a.b.example.org/",
    "https://*.example.org:*, https://a.example.org:8443/",
    "http://10.0.0.7, http://10.0.0.7/",
    "http://[::1]:8080, http://[0:0:0:0:0:0:0:1]:8080/",
    "http://127.0.0.1, http://[::ffff:127.0.0.1]/",
    "*, https://anything.example:1234/",
    "*, http://10.0.0.7/",
  })
  void an_address_is_allowed_by_scheme_host_and_port(String pattern, String address) {
    assertThat(allowing(pattern).allows(address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example, https://a.example/",
    "http://a.example, http://a.example:8080/",
    "http://a.example, http://b.a.example/",
    "http://a.example, http://a.example.evil.example/",
    "https://*.example.org, https://example.org/",
    "https://*.example.org, https://evilexample.org/",
    "https://*.example.org, https://a.example.org.evil.example/",
    "http://10.0.0.7, http://10.0.0.70/",
    "http://127.0.0.1, http://localhost/",
  })
  void what_is_only_like_an_allowed_address_is_not_allowed(String pattern, String address) {
    assertThat(allowing(pattern).allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "//a.example/",
        "http:a.example",
        "http:///b",
        "http://user@a.example/",
        "http://user:word@a.example/",
        "http://@a.example/",
        "http://a.example#f",
        "http://a.example./",
        "http://a_b.example/",
        "http://a.example:0/",
        "http://a.example:70000/",
        "http://a.example\\@b.example/",
        "http://a.example /",
        " http://a.example/",
        "http://2130706433/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://[fe80::1%25eth0]/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "jms:queue:a",
        "process:shop",
        "urn:a",
      })
  void what_readers_may_read_differently_is_never_allowed(String address) {
    assertThat(allowing("*").allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "*.example.org",
        "ftp://a.example",
        "http://*",
        "http://a.*.example",
        "http://a.example/b",
        "http://a.example:70000",
        "http://a.example:",
        "http://u@a.example",
        "http://1.2.3",
        "http://[::1",
      })
  void an_entry_of_another_form_is_refused_with_what_was_expected(String pattern) {
    assertThatThrownBy(() -> allowing(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected scheme://host")
        .hasMessageContaining("found '" + pattern + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "::ffff:10.0.0.1",
      })
  void an_allowed_name_does_not_lead_inside_the_house(String ip) {
    var inside = InetAddress.ofLiteral(ip);
    assertThat(allowing("http://a.example").inside("http://a.example/b", List.of(PUBLIC, inside)))
        .hasValue(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1"})
  void an_allowed_name_leads_anywhere_else(String ip) {
    var outside = InetAddress.ofLiteral(ip);
    assertThat(allowing("http://a.example").inside("http://a.example/b", List.of(outside)))
        .isEmpty();
  }

  @Test
  void an_address_inside_is_reached_where_it_is_allowed_itself() {
    var inside = List.of(InetAddress.ofLiteral("10.0.0.7"));
    var list = List.of("http://a.example:*", "http://10.0.0.7:8080");

    var allowed = new ReplyAddresses(list);

    assertThat(allowed.inside("http://a.example:8080/", inside)).isEmpty();
    assertThat(allowed.inside("http://a.example/", inside)).isNotEmpty();
    assertThat(allowing("*").inside("http://a.example/", inside)).isEmpty();
  }

  @Test
  void localhost_is_this_machine_and_no_other() {
    var allowed = allowing("http://localhost:*");
    var own = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    assertThat(allowed.inside("http://localhost:1/", own)).isEmpty();
    assertThat(allowed.inside("http://localhost:1/", List.of(InetAddress.ofLiteral("10.0.0.7"))))
        .isNotEmpty();
  }

  private static ReplyAddresses allowing(String pattern) {
    return new ReplyAddresses(List.of(pattern));
  }
}
