package org.zegel.store.windows;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** The curves that CNG has numbers for. */
enum NistCurve {
    P256("secp256r1"),
    P384("secp384r1"),
    P521("secp521r1"),
    OTHER("");

    private final String name;

    NistCurve(String name) {
        this.name = name;
    }

    static NistCurve of(ECPublicKeyParameters key) {
        for (NistCurve each : values()) {
            X9ECParameters known = each == OTHER ? null : CustomNamedCurves.getByName(each.name);
            // By the numbers: a key may spell its curve out.
            if (known != null
                    && known.getN().equals(key.getParameters().getN())
                    && known.getCurve()
                            .getField()
                            .getCharacteristic()
                            .equals(key.getParameters().getCurve().getField().getCharacteristic())
                    && known.getCurve()
                            .getA()
                            .toBigInteger()
                            .equals(key.getParameters().getCurve().getA().toBigInteger())
                    && known.getCurve()
                            .getB()
                            .toBigInteger()
                            .equals(key.getParameters().getCurve().getB().toBigInteger())
                    && known.getG()
                            .getAffineXCoord()
                            .toBigInteger()
                            .equals(key.getParameters().getG().getAffineXCoord().toBigInteger())) {
                return each;
            }
        }
        return OTHER;
    }
}
