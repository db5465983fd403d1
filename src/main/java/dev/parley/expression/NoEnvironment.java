package dev.parley.expression;

import java.util.Set;
import net.sf.saxon.lib.EnvironmentVariableResolver;
import org.jspecify.annotations.Nullable;

/** The process's environment as expressions see it: empty. */
final class NoEnvironment implements EnvironmentVariableResolver {
  @Override
  public Set<String> getAvailableEnvironmentVariables() {
    return Set.of();
  }

  @Override
  public @Nullable String getEnvironmentVariable(String name) {
    return null;
  }
}
