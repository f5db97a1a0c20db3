package org.zegel.store.cryptoki.helper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.Slot;
import org.zegel.store.cryptoki.TokenKey;
import org.zegel.store.cryptoki.TokenName;
import org.zegel.store.cryptoki.binding.LoadedModule;
import org.zegel.store.cryptoki.binding.SlotWatch;

/** The helper's calls, each to its module. */
final class HelperCalls {
    private final SlotWatch.Listener listener;
    private volatile @Nullable LoadedModule loaded;
    private @Nullable Thread watching;

    HelperCalls(SlotWatch.Listener listener) {
        this.listener = listener;
    }

    /** Sends what was written of an answer so far and begins the next part. */
    interface Parts {
        void send(MessageWriter part) throws IOException;
    }

    void answer(MessageReader in, MessageWriter out, Parts parts) throws IOException, ModuleFailure {
        Frames.Request request = in.word(Frames.Request.class);
        switch (request) {
            case LOAD -> loaded = LoadedModule.load(Codec.spec(in));
            case SLOTS -> {
                for (Slot slot : module().slots()) {
                    Codec.write(out, slot);
                }
            }
            case OBJECTS -> objects(in, out, parts);
            case LOGIN -> login(in);
            case LOGOUT -> module().logout(in.number(), Codec.name(in));
            case SIGN, DECRYPT, DERIVE -> useKey(request, in, out);
            case WATCH -> watch(in.truth());
            case FINISH -> module().finish();
        }
    }

    private void objects(MessageReader in, MessageWriter out, Parts parts) throws IOException, ModuleFailure {
        long slot = in.number();
        TokenName name = Codec.name(in);
        Map<Long, byte[]> template = Codec.attributes(in);
        List<Long> attributes = Codec.numbers(in);
        try {
            module().objects(slot, name, template, attributes, object -> {
                if (out.size() > Frames.PART) {
                    try {
                        parts.send(out);
                    } catch (IOException closed) {
                        throw new UncheckedIOException(closed);
                    }
                }
                Codec.write(out, object);
            });
        } catch (UncheckedIOException closed) {
            throw closed.getCause();
        }
    }

    private void login(MessageReader in) throws IOException, ModuleFailure {
        long slot = in.number();
        TokenName name = Codec.name(in);
        byte[] pin = in.optional();
        try {
            module().login(slot, name, pin);
        } finally {
            wipe(pin);
        }
    }

    private void useKey(Frames.Request request, MessageReader in, MessageWriter out) throws IOException, ModuleFailure {
        long slot = in.number();
        TokenName name = Codec.name(in);
        TokenKey key = Codec.key(in);
        byte[] pin = in.optional();
        byte[] result = {};
        try {
            if (request == Frames.Request.DERIVE) {
                result = module().derive(slot, name, key, in.bytes(), pin);
            } else {
                Mechanism mechanism = Codec.mechanism(in);
                result = request == Frames.Request.SIGN
                        ? module().sign(slot, name, key, mechanism, in.bytes(), pin)
                        : module().decrypt(slot, name, key, mechanism, in.bytes(), pin);
            }
            out.bytes(result);
        } finally {
            wipe(pin);
            wipe(result);
        }
    }

    private synchronized void watch(boolean polling) throws ModuleFailure {
        LoadedModule module = module();
        if (watching == null) {
            watching = Thread.ofPlatform().daemon().name("watch").start(() -> module.watch(polling, listener));
        }
    }

    private LoadedModule module() throws ModuleFailure {
        LoadedModule module = loaded;
        if (module == null) {
            throw new ModuleFailure(Kind.NOT_LOADED, "no module is loaded");
        }
        return module;
    }

    private static void wipe(byte @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
