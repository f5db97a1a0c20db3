package org.zegel.store.pkcs11;

import java.util.Objects;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ReturnValue;

/** Why a module or what is in a reader cannot be used, and what to do. */
final class ModuleWords {
    private ModuleWords() {}

    static String problem(ModuleFailure failed) {
        return switch (failed.kind()) {
            case HUNG -> "The module did not answer in time and was ended. Take the card out and put it back.";
            case CRASHED -> "The module crashes. Install its newest version, or remove it from Zegel.";
            case NOT_LOADED -> notLoaded(Objects.requireNonNullElse(failed.getMessage(), ""));
            case PIN_INCORRECT,
                    PIN_LOCKED,
                    PIN_CANCELLED,
                    NOT_LOGGED_IN,
                    TOKEN_REMOVED,
                    KEY_MISSING,
                    UNSUPPORTED,
                    FAILED -> "The module cannot list its readers" + code(failed.value()) + ". Start Zegel again.";
        };
    }

    /** The loader's own words are for the log: they may hold paths. */
    private static String notLoaded(String reason) {
        if (reason.contains("no such file")) {
            return "The module's file is not there. Install the module, or remove it from Zegel.";
        }
        if (reason.contains("too many modules")) {
            return "Too many modules are in use at once. Remove those that you do not need.";
        }
        if (reason.contains("wrong ELF class") || reason.contains("ELF") || reason.contains("%1")) {
            return "The module is for another architecture. Install the one for this system.";
        }
        return "The module cannot be loaded. Is it a PKCS#11 module for this system, and whole?";
    }

    /** Of a module that has no token at all. */
    static String nothingThere(boolean noReader, boolean noService) {
        if (noService) {
            return "No PC/SC service runs, so that no reader is seen. Start pcscd; it is a package of most systems.";
        }
        return noReader ? "This module sees no reader. Connect one." : "No card is in the reader. Put it in.";
    }

    /** Of something in a reader that the module does not take for a token. */
    static String problem(ReturnValue value) {
        if (value.value() == ReturnValue.TOKEN_NOT_RECOGNIZED) {
            return "This module does not know the card in the reader. It may need another module, or is put in upside"
                    + " down.";
        }
        return "The card in the reader cannot be read" + code(value) + ". Take it out, clean it and put it back.";
    }

    private static String code(ReturnValue value) {
        return value.value() == ReturnValue.OK ? "" : " (" + value.name() + ")";
    }
}
