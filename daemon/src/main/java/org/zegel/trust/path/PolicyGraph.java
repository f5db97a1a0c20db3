package org.zegel.trust.path;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The valid_policy_graph of RFC 9618: what the certificates down to some depth are valid for. Each depth has one node a
 * policy, so that it grows with the size of the certificates and no faster. Nodes without children stay where they are;
 * only what the last depth can be traced back to counts.
 */
final class PolicyGraph {
    static final String ANY = "2.5.29.32.0";

    private Map<String, Node> last = new LinkedHashMap<>();
    private Map<String, List<Node>> lastByExpected = new HashMap<>();
    private @Nullable Node anyAbove;

    PolicyGraph() {
        last.put(ANY, new Node(ANY, List.of()));
        index();
    }

    private static final class Node {
        final String policy;
        final List<Node> parents;
        Set<String> expected;

        Node(String policy, List<Node> parents) {
            this.policy = policy;
            this.parents = parents;
            this.expected = Set.of(policy);
        }
    }

    /** Nothing is left: no policy is valid (the valid_policy_graph is NULL). */
    boolean isEmpty() {
        return last.isEmpty();
    }

    /** The certificate has no certificatePolicies (section 6.1.3 e). */
    void clear() {
        last.clear();
        index();
    }

    /**
     * The next certificate's policies (section 6.1.3 d).
     *
     * @param anyAllowed whether its anyPolicy, if it has one, still counts
     */
    void descend(Collection<String> policies, boolean anyAllowed) {
        if (isEmpty()) {
            return;
        }
        Map<String, Node> next = new LinkedHashMap<>();
        @Nullable Node any = last.get(ANY);
        for (String policy : policies) {
            List<Node> parents = lastByExpected.getOrDefault(policy, any == null ? List.of() : List.of(any));
            if (!policy.equals(ANY) && !parents.isEmpty()) {
                next.put(policy, new Node(policy, parents));
            }
        }
        if (anyAllowed && policies.contains(ANY)) {
            lastByExpected.forEach((policy, parents) -> next.computeIfAbsent(policy, same -> new Node(same, parents)));
        }
        anyAbove = any;
        last = next;
        index();
    }

    /**
     * A CA's policy mappings (section 6.1.4 b), issuer's policy to those of the subject.
     *
     * @param allowed mapping is not inhibited; where it is, mapped policies are no longer valid
     */
    void map(Map<String, Set<String>> mappings, boolean allowed) {
        for (Map.Entry<String, Set<String>> mapping : mappings.entrySet()) {
            if (!allowed) {
                last.remove(mapping.getKey());
            } else if (anyAbove != null && last.containsKey(ANY)) {
                List<Node> parents = List.of(anyAbove);
                last.computeIfAbsent(mapping.getKey(), policy -> new Node(policy, parents)).expected =
                        mapping.getValue();
            } else if (last.containsKey(mapping.getKey())) {
                last.get(mapping.getKey()).expected = mapping.getValue();
            }
        }
        index();
    }

    /** Whether the path is valid for one of these policies of the anchor's domain (section 6.1.5 g); empty is any. */
    boolean validFor(Set<String> wanted) {
        if (wanted.isEmpty() || last.containsKey(ANY)) {
            return !isEmpty();
        }
        Set<Node> seen = new HashSet<>();
        List<Node> open = new ArrayList<>(last.values());
        while (!open.isEmpty()) {
            Node node = open.removeLast();
            if (seen.add(node)) {
                boolean ofAnchor = node.parents.stream().anyMatch(parent -> parent.policy.equals(ANY));
                if (ofAnchor && wanted.contains(node.policy)) {
                    return true;
                }
                open.addAll(node.parents);
            }
        }
        return false;
    }

    private void index() {
        lastByExpected = new HashMap<>();
        for (Node node : last.values()) {
            for (String policy : node.expected) {
                lastByExpected.computeIfAbsent(policy, _ -> new ArrayList<>()).add(node);
            }
        }
    }
}
