package org.zegel.store.cryptoki.binding;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.zegel.store.cryptoki.Attribute;
import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.PaddedText;
import org.zegel.store.cryptoki.TokenKey;

/** The module's numbers for keys, looked up by what the keys say of themselves. */
final class KeyHandles {
    private final Map<Name, Long> known = new ConcurrentHashMap<>();

    private record Name(ByteBuffer id, String label, KeyType type, long hint) {}

    /** @throws ModuleFailure {@code NOT_LOGGED_IN} when it may be hidden, {@code KEY_MISSING} when it is not there */
    long find(Session session, TokenKey key, boolean loginRequired) throws ModuleFailure {
        Name name = new Name(ByteBuffer.wrap(key.id()), key.label(), key.type(), key.handle());
        Long handle = known.get(name);
        if (handle == null) {
            handle = look(session, key, loginRequired);
            known.put(name, handle);
        }
        return handle;
    }

    void forget() {
        known.clear();
    }

    private static long look(Session session, TokenKey key, boolean loginRequired) throws ModuleFailure {
        Map<Long, byte[]> template = new HashMap<>();
        template.put(Attribute.CLASS, Attribute.number(Attribute.CLASS_PRIVATE_KEY));
        if (key.id().length > 0) {
            template.put(Attribute.ID, key.id());
        }
        if (key.type() != KeyType.OTHER) {
            template.put(Attribute.KEY_TYPE, Attribute.number(key.type().id()));
        }
        List<Long> found = session.find(template);
        if (found.isEmpty() && loginRequired && !session.isLoggedIn()) {
            throw new ModuleFailure(Kind.NOT_LOGGED_IN, "the token shows this key only after login");
        }
        return found.size() == 1 ? found.getFirst() : oneOf(session, key, found);
    }

    /** Of several with one id, that of the same label; of several with that, the one with the number it had. */
    private static long oneOf(Session session, TokenKey key, List<Long> found) throws ModuleFailure {
        Map<Long, String> labels = new HashMap<>();
        for (Long handle : found) {
            byte[] label = session.attributes(handle, List.of(Attribute.LABEL)).get(Attribute.LABEL);
            labels.put(handle, label == null ? "" : PaddedText.of(label));
        }
        List<Long> same = found.stream()
                .filter(handle -> key.label().equals(labels.get(handle)))
                .toList();
        if (same.size() == 1) {
            return same.getFirst();
        }
        if (same.contains(key.handle())) {
            return key.handle();
        }
        throw new ModuleFailure(Kind.KEY_MISSING, same.isEmpty() ? "no such key" : "several keys of this name");
    }
}
