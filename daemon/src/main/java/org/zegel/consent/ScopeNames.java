package org.zegel.consent;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zegel.model.KebabCase;
import org.zegel.model.Scope;

/** Scopes as they are written outside: {@code raw-cms}. */
public final class ScopeNames {
    private ScopeNames() {}

    public static String name(Scope scope) {
        return KebabCase.of(scope);
    }

    public static Optional<Scope> parse(String name) {
        return Stream.of(Scope.values())
                .filter(scope -> name(scope).equals(name))
                .findFirst();
    }

    /** As a pairing's code has them: by name, with a space between. */
    static String sorted(Collection<Scope> scopes) {
        return scopes.stream().map(ScopeNames::name).distinct().sorted().collect(Collectors.joining(" "));
    }

    static String join(Set<Scope> scopes) {
        return scopes.stream().sorted().map(ScopeNames::name).collect(Collectors.joining(" "));
    }

    /** Names that are no longer known are left out. */
    static Set<Scope> split(String names) {
        return Stream.of(names.split(" "))
                .flatMap(name -> parse(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
