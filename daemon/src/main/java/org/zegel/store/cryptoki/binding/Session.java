package org.zegel.store.cryptoki.binding;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.Attribute;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ReturnValue;

/** A session, used by one thread at a time: modules crash, or mix up operations, when two share one. */
final class Session implements AutoCloseable {
    static final int MAX_OBJECTS = 16 * 1024;

    /** An RSA key of 16,384 bits gives 2,048 bytes. */
    static final int LONGEST_RESULT = 4 * 1024;

    private static final int FOUND_AT_ONCE = 64;
    private static final long SERIAL_SESSION = 4;
    private static final long USER = 1;
    private static final long CONTEXT_SPECIFIC = 2;
    private static final long READ_ONLY_USER = 1;
    private static final long READ_WRITE_USER = 3;

    private final FunctionTable table;
    private final Structures structures;
    private final Mechanisms mechanisms;
    private final Template template;
    private final Scratch scratch;
    private final long handle;

    private Session(FunctionTable table, Structures structures, Scratch scratch, long handle) {
        this.table = table;
        this.structures = structures;
        this.mechanisms = new Mechanisms(structures);
        this.template = new Template(structures);
        this.scratch = scratch;
        this.handle = handle;
    }

    static Session open(FunctionTable table, Structures structures, long slot) throws ModuleFailure {
        Scratch scratch = new Scratch(structures.model());
        try {
            Pointer handle = scratch.ulong(0);
            table.check(
                    CkFunction.OPEN_SESSION,
                    table.ulong(slot),
                    table.ulong(SERIAL_SESSION),
                    Pointer.NULL,
                    Pointer.NULL,
                    handle);
            long number = scratch.get(handle, 0);
            scratch.reset();
            return new Session(table, structures, scratch, number);
        } catch (ModuleFailure | RuntimeException failed) {
            scratch.close();
            throw failed;
        }
    }

    /** CKR_OK when the session is alive. */
    long state() {
        Pointer info = scratch.zeros(structures.sessionInfo().size());
        long value = table.call(CkFunction.GET_SESSION_INFO, table.ulong(handle), info);
        scratch.reset();
        return value;
    }

    boolean isLoggedIn() {
        Pointer info = scratch.zeros(structures.sessionInfo().size());
        long value = table.call(CkFunction.GET_SESSION_INFO, table.ulong(handle), info);
        long state = scratch.get(info, structures.sessionInfo().at("state"));
        scratch.reset();
        return value == ReturnValue.OK && (state == READ_ONLY_USER || state == READ_WRITE_USER);
    }

    /** What C_Login returned. @param pin UTF-8; null: at the reader */
    long login(byte @Nullable [] pin) {
        return login(USER, pin);
    }

    private long login(long user, byte @Nullable [] pin) {
        // A PIN of no bytes is still a PIN: null would ask the reader.
        Pointer place = pin == null ? null : pin.length == 0 ? scratch.zeros(1) : scratch.bytes(pin);
        try {
            return table.call(
                    CkFunction.LOGIN,
                    table.ulong(handle),
                    table.ulong(user),
                    place,
                    table.ulong(pin == null ? 0 : pin.length));
        } finally {
            scratch.reset();
        }
    }

    long logout() {
        return table.call(CkFunction.LOGOUT, table.ulong(handle));
    }

    /** Handles of the objects with these attributes. */
    List<Long> find(Map<Long, byte[]> attributes) throws ModuleFailure {
        table.check(
                CkFunction.FIND_OBJECTS_INIT,
                table.ulong(handle),
                template.write(scratch, attributes),
                table.ulong(attributes.size()));
        List<Long> found = new ArrayList<>();
        try {
            Pointer handles =
                    scratch.zeros((long) FOUND_AT_ONCE * structures.model().ulong());
            Pointer count = scratch.ulong(0);
            long more;
            do {
                table.check(CkFunction.FIND_OBJECTS, table.ulong(handle), handles, table.ulong(FOUND_AT_ONCE), count);
                more = Math.min(FOUND_AT_ONCE, scratch.get(count, 0));
                for (int i = 0; i < more; i++) {
                    found.add(scratch.get(handles, (long) i * structures.model().ulong()));
                }
            } while (more > 0 && found.size() < MAX_OBJECTS);
        } finally {
            table.call(CkFunction.FIND_OBJECTS_FINAL, table.ulong(handle));
        }
        scratch.reset();
        return found;
    }

    /** Those of these attributes that the object has and shows. */
    Map<Long, byte[]> attributes(long object, List<Long> wanted) throws ModuleFailure {
        Map<Long, byte[]> result = template.read(table, scratch, handle, object, wanted);
        scratch.reset();
        return result;
    }

    /** Begins to sign; {@link #sign} ends it. */
    void signInit(Mechanism mechanism, long key) throws ModuleFailure {
        init(CkFunction.SIGN_INIT, mechanism, key);
    }

    void decryptInit(Mechanism mechanism, long key) throws ModuleFailure {
        init(CkFunction.DECRYPT_INIT, mechanism, key);
    }

    private void init(CkFunction function, Mechanism mechanism, long key) throws ModuleFailure {
        table.check(function, table.ulong(handle), mechanisms.write(scratch, mechanism), table.ulong(key));
        scratch.reset();
    }

    /** For a key that wants its PIN for the operation just begun. */
    void loginForThis(byte @Nullable [] pin) throws ModuleFailure {
        long value = login(CONTEXT_SPECIFIC, pin);
        if (value != ReturnValue.OK) {
            throw Failures.of(CkFunction.LOGIN, value);
        }
    }

    byte[] sign(byte[] data) throws ModuleFailure {
        return finish(CkFunction.SIGN, data);
    }

    byte[] decrypt(byte[] data) throws ModuleFailure {
        return finish(CkFunction.DECRYPT, data);
    }

    private byte[] finish(CkFunction function, byte[] data) throws ModuleFailure {
        Pointer length = scratch.ulong(LONGEST_RESULT);
        Pointer result = scratch.zeros(LONGEST_RESULT);
        table.check(function, table.ulong(handle), scratch.bytes(data), table.ulong(data.length), result, length);
        long written = scratch.get(length, 0);
        if (written < 0 || written > LONGEST_RESULT) {
            throw new ModuleFailure(ModuleFailure.Kind.FAILED, function + " gave an impossible length");
        }
        byte[] bytes = result.getByteArray(0, (int) written);
        scratch.reset();
        return bytes;
    }

    /** The shared secret of this many bytes. */
    byte[] derive(long key, byte[] point, int length) throws ModuleFailure {
        Map<Long, byte[]> secret = Map.of(
                Attribute.CLASS,
                Attribute.number(Attribute.CLASS_SECRET_KEY),
                Attribute.KEY_TYPE,
                Attribute.number(0x10),
                Attribute.TOKEN,
                new byte[] {0},
                Attribute.SENSITIVE,
                new byte[] {0},
                Attribute.EXTRACTABLE,
                new byte[] {1},
                Attribute.VALUE_LEN,
                Attribute.number(length));
        Pointer derived = scratch.ulong(0);
        table.check(
                CkFunction.DERIVE_KEY,
                table.ulong(handle),
                mechanisms.ecdh(scratch, point),
                table.ulong(key),
                template.write(scratch, secret),
                table.ulong(secret.size()),
                derived);
        long object = scratch.get(derived, 0);
        try {
            byte[] value = template.read(table, scratch, handle, object, List.of(Attribute.VALUE))
                    .get(Attribute.VALUE);
            if (value == null) {
                throw new ModuleFailure(ModuleFailure.Kind.UNSUPPORTED, "the token keeps the derived secret");
            }
            return value;
        } finally {
            table.call(CkFunction.DESTROY_OBJECT, table.ulong(handle), table.ulong(object));
            scratch.reset();
        }
    }

    /** Ends it, and whatever was begun with it. */
    @Override
    public void close() {
        table.call(CkFunction.CLOSE_SESSION, table.ulong(handle));
        scratch.close();
    }
}
