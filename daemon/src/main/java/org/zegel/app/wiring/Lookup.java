package org.zegel.app.wiring;
import java.util.*;
import org.jspecify.annotations.*;
import org.zegel.directory.*;
import org.zegel.model.*;
import org.zegel.operation.*;
final class Lookup implements RecipientLookup {
  private final Directory d;
  Lookup(Directory d){this.d=d;}
  public List<Answer> find(List<EmailAddress> as) throws Failure {
    List<Answer> out=new ArrayList<>();
    for (EmailAddress a: as){ List<DirectoryEntry> f=d.find(a); out.add(f.isEmpty()?new Answer(a,null,"unknown"):new Answer(a,new Found(a,f.get(0).certificate(),f.get(0).capabilities()),null)); }
    return out;
  }
  public ContentCipher cipher(List<@Nullable Capabilities> r){ return r.contains(null)?ContentCipher.AES_256_CBC:ContentCipher.AES_256_GCM; }
}
