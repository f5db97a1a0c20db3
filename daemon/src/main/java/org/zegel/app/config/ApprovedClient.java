package org.zegel.app.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zegel.consent.ScopeNames;
import org.zegel.model.Scope;

/**
 * One entry of {@code clients.approved}.
 *
 * @param origin an Origin or an extension's id
 */
record ApprovedClient(String origin, Set<Scope> scopes) {
    /** The origin and its scopes, with blanks between; empty when it is anything else. */
    static Optional<ApprovedClient> parse(String text) {
        List<String> words = List.of(text.strip().split(" +"));
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : words.subList(1, words.size())) {
            Optional<Scope> scope = ScopeNames.parse(name);
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            scopes.add(scope.get());
        }
        return scopes.isEmpty() || ScopeNames.parse(words.getFirst()).isPresent()
                ? Optional.empty()
                : Optional.of(new ApprovedClient(words.getFirst(), Set.copyOf(scopes)));
    }

    /** Of two entries for one client. */
    static Set<Scope> both(Set<Scope> one, Set<Scope> other) {
        Set<Scope> both = EnumSet.copyOf(one);
        both.addAll(other);
        return both;
    }
}
