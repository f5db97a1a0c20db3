package org.zegel.store.cryptoki.helper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zegel.store.cryptoki.Hash;
import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.Slot;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenKey;
import org.zegel.store.cryptoki.TokenName;
import org.zegel.store.cryptoki.TokenObject;

/** The types of the calls in frames. */
final class Codec {
    private static final int MANY = 64 * 1024;
    private static final int LONGEST_MESSAGE = 500;

    private enum MechanismWord {
        RSA_PKCS1,
        RSA_PKCS1_DIGESTING,
        RSA_RAW,
        RSA_PSS,
        RSA_OAEP,
        ECDSA,
        EDDSA
    }

    private Codec() {}

    static void write(MessageWriter out, ModuleSpec spec) {
        String arguments = spec.initArguments();
        out.text(spec.name()).text(spec.library().toString()).truth(arguments != null);
        if (arguments != null) {
            out.text(arguments);
        }
    }

    static ModuleSpec spec(MessageReader in) throws IOException {
        return new ModuleSpec(in.text(), Path.of(in.text()), in.truth() ? in.text() : null);
    }

    static void write(MessageWriter out, TokenName name) {
        out.text(name.label()).text(name.manufacturer()).text(name.model()).text(name.serial());
    }

    static TokenName name(MessageReader in) throws IOException {
        return new TokenName(in.text(), in.text(), in.text(), in.text());
    }

    static void write(MessageWriter out, TokenKey key) {
        out.number(key.handle()).bytes(key.id()).text(key.label()).word(key.type());
        out.truth(key.signs()).truth(key.decrypts()).truth(key.derives()).truth(key.alwaysAuthenticate());
    }

    static TokenKey key(MessageReader in) throws IOException {
        return new TokenKey(
                in.number(),
                in.bytes(),
                in.text(),
                in.word(KeyType.class),
                in.truth(),
                in.truth(),
                in.truth(),
                in.truth());
    }

    static void write(MessageWriter out, Mechanism mechanism) {
        switch (mechanism) {
            case Mechanism.RsaPkcs1 _ -> out.word(MechanismWord.RSA_PKCS1);
            case Mechanism.RsaPkcs1Digesting digesting ->
                out.word(MechanismWord.RSA_PKCS1_DIGESTING).word(digesting.hash());
            case Mechanism.RsaRaw _ -> out.word(MechanismWord.RSA_RAW);
            case Mechanism.Ecdsa _ -> out.word(MechanismWord.ECDSA);
            case Mechanism.Eddsa _ -> out.word(MechanismWord.EDDSA);
            case Mechanism.RsaPss pss ->
                out.word(MechanismWord.RSA_PSS)
                        .word(pss.hash())
                        .word(pss.mask())
                        .count(pss.salt());
            case Mechanism.RsaOaep oaep ->
                out.word(MechanismWord.RSA_OAEP)
                        .word(oaep.hash())
                        .word(oaep.mask())
                        .bytes(oaep.label());
        }
    }

    static Mechanism mechanism(MessageReader in) throws IOException {
        return switch (in.word(MechanismWord.class)) {
            case RSA_PKCS1 -> new Mechanism.RsaPkcs1();
            case RSA_PKCS1_DIGESTING -> new Mechanism.RsaPkcs1Digesting(in.word(Hash.class));
            case RSA_RAW -> new Mechanism.RsaRaw();
            case ECDSA -> new Mechanism.Ecdsa();
            case EDDSA -> new Mechanism.Eddsa();
            case RSA_PSS -> new Mechanism.RsaPss(in.word(Hash.class), in.word(Hash.class), in.count(MANY));
            case RSA_OAEP -> new Mechanism.RsaOaep(in.word(Hash.class), in.word(Hash.class), in.bytes());
        };
    }

    static void write(MessageWriter out, Slot slot) {
        ReturnValue problem = slot.problem();
        out.number(slot.id()).text(slot.name()).truth(slot.removable()).truth(problem != null);
        if (problem != null) {
            out.number(problem.value());
        }
        Token token = slot.token();
        out.truth(token != null);
        if (token != null) {
            write(out, token.name());
            out.truth(token.loginRequired()).truth(token.protectedPath());
            out.word(token.pin())
                    .truth(token.loggedIn())
                    .count(token.mechanisms().size());
            token.mechanisms().forEach(out::number);
        }
    }

    static Slot slot(MessageReader in) throws IOException {
        long id = in.number();
        String name = in.text();
        boolean removable = in.truth();
        ReturnValue problem = in.truth() ? new ReturnValue(in.number()) : null;
        return new Slot(id, name, removable, in.truth() ? token(in, id, name) : null, problem);
    }

    private static Token token(MessageReader in, long slot, String slotName) throws IOException {
        TokenName name = name(in);
        boolean loginRequired = in.truth();
        boolean protectedPath = in.truth();
        PinState pin = in.word(PinState.class);
        boolean loggedIn = in.truth();
        Set<Long> mechanisms = new HashSet<>();
        for (int left = in.count(MANY); left > 0; left--) {
            mechanisms.add(in.number());
        }
        return new Token(
                slot,
                slotName,
                name.label(),
                name.manufacturer(),
                name.model(),
                name.serial(),
                loginRequired,
                protectedPath,
                pin,
                loggedIn,
                mechanisms);
    }

    static void write(MessageWriter out, Map<Long, byte[]> attributes) {
        out.count(attributes.size());
        attributes.forEach((type, value) -> out.number(type).bytes(value));
    }

    static Map<Long, byte[]> attributes(MessageReader in) throws IOException {
        Map<Long, byte[]> attributes = new HashMap<>();
        for (int left = in.count(MANY); left > 0; left--) {
            attributes.put(in.number(), in.bytes());
        }
        return attributes;
    }

    static void write(MessageWriter out, List<Long> numbers) {
        out.count(numbers.size());
        numbers.forEach(out::number);
    }

    static List<Long> numbers(MessageReader in) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (int left = in.count(MANY); left > 0; left--) {
            numbers.add(in.number());
        }
        return numbers;
    }

    static void write(MessageWriter out, TokenObject object) {
        write(out.number(object.handle()), object.attributes());
    }

    static TokenObject object(MessageReader in) throws IOException {
        return new TokenObject(in.number(), attributes(in));
    }

    static void write(MessageWriter out, ModuleFailure failure) {
        String message = String.valueOf(failure.getMessage());
        out.word(failure.kind())
                .number(failure.value().value())
                .text(message.substring(0, Math.min(LONGEST_MESSAGE, message.length())));
    }

    static ModuleFailure failure(MessageReader in) throws IOException {
        return new ModuleFailure(in.word(ModuleFailure.Kind.class), new ReturnValue(in.number()), in.text());
    }

    /** Of a call for a token. */
    static void write(MessageWriter out, Token token) {
        out.number(token.slot());
        write(out, token.name());
    }

    /** A list of anything until the end. */
    static <T> List<T> all(MessageReader in, Item<T> item) throws IOException {
        List<T> all = new ArrayList<>();
        while (!in.isAtEnd()) {
            all.add(item.read(in));
        }
        return all;
    }

    interface Item<T> {
        T read(MessageReader in) throws IOException;
    }
}
