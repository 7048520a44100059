package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.nn.TransformerEncoder;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.format.description.Syntax.Kind;
import org.whichflops.format.json.Json;

/** Makes modules of the Python that stands for them. */
final class ModuleTexts {
  /** The arguments of nn.TransformerEncoder, of which the last two change nothing here. */
  private static final Signature ENCODER =
      Signature.of("encoder_layer, num_layers, norm, enable_nested_tensor, mask_check");

  private final Texts texts;
  private final Function<String, Network> zoo;
  private final Map<String, Definition> definitions;
  private final Defined defined;
  private final ModuleCount counted;

  /** Makes a module that the description defines, its arguments bound. */
  interface Defined {
    Module make(Definition definition, Scope scope);
  }

  /**
   * A maker.
   *
   * @param definitions what the description defines, complete before anything is made
   * @param counted the description's modules so far
   */
  ModuleTexts(
      Texts texts,
      Function<String, Network> zoo,
      Map<String, Definition> definitions,
      Defined defined,
      ModuleCount counted) {
    this.texts = texts;
    this.zoo = zoo;
    this.definitions = definitions;
    this.defined = defined;
    this.counted = counted;
  }

  /** The module that a text makes: {@code Conv2d(3, 64, 7)}. */
  Module module(Json text, Scope scope) {
    Texts.Read read = texts.module(text);
    Supplier<Module> known = read.maker();
    if (known != null) {
      return known.get();
    }
    try {
      Supplier<Module> maker = maker(read.syntax(), scope);
      if (maker == null) {
        return module(read.syntax(), scope);
      }
      read.maker(maker);
      return maker.get();
    } catch (SyntaxError e) {
      throw e.in(text);
    }
  }

  private Module module(Syntax syntax, Scope scope) {
    if (syntax.kind() == Kind.LIST) {
      Sequential sequential = new Sequential();
      syntax.parts().forEach(part -> sequential.add(module(part, scope)));
      return sequential;
    }
    if (syntax.kind() != Kind.CALL) {
      return reference(syntax, scope);
    }
    Syntax function = syntax.parts().get(0);
    if (function.kind() == Kind.ATTRIBUTE && function.text().equals("requires_grad_")) {
      Module module = module(function.parts().get(0), scope);
      boolean trained =
          syntax.parts().size() < 2 || Boolean.TRUE.equals(scope.value(syntax.parts().get(1)));
      if (!trained) {
        freeze(module);
      }
      return module;
    }
    String type = bare(function.path());
    if (type.equals("Sequential") || type.equals("ModuleList")) {
      List<Module> parts = new ArrayList<>();
      syntax
          .parts()
          .subList(1, syntax.parts().size())
          .forEach(part -> parts.add(module(part, scope)));
      return type.equals("Sequential")
          ? new Sequential(parts)
          : new org.whichflops.engine.nn.ModuleList(parts);
    }
    if (type.equals("TransformerEncoder")) {
      return encoder(syntax, scope);
    }
    Passed passed = scope.passed(syntax);
    if (type.startsWith("zoo.")) {
      return zoo(type.substring(4), syntax, passed.named());
    }
    return make(type, syntax, passed);
  }

  /** {@code TransformerEncoder(TransformerEncoderLayer(512, 8), num_layers=6)}. */
  private Module encoder(Syntax call, Scope scope) {
    List<@Nullable Object> positional = new ArrayList<>();
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (Syntax part : call.parts().subList(1, call.parts().size())) {
      if (part.kind() == Kind.KEYWORD) {
        named.put(part.text(), part.parts().get(0));
      } else {
        positional.add(part);
      }
    }
    Given given = new Given(call, "TransformerEncoder", new Passed(positional, named), ENCODER);
    Syntax layer = given.syntax("encoder_layer");
    Syntax count = given.syntax("num_layers");
    if (layer == null || count == null) {
      throw call.error("TransformerEncoder needs 'encoder_layer' and 'num_layers'");
    }
    long times = Numbers.whole(count, scope.value(count));
    if (times < 1) {
      throw count.error("num_layers is 1 or more, not " + times);
    }
    List<Module> layers = new ArrayList<>();
    for (long i = 0; i < times; i++) {
      counted.add(call);
      layers.add(module(layer, scope));
    }
    Syntax norm = given.syntax("norm");
    return new TransformerEncoder(
        layers, norm == null || isNone(norm) ? null : module(norm, scope));
  }

  private static boolean isNone(Syntax syntax) {
    return syntax.kind() == Kind.NAME && syntax.text().equals("None");
  }

  /** Makes a module of a class, PyTorch's or one that the description defines. */
  Module make(String type, Syntax at, Passed passed) {
    Definition definition = definitions.get(type);
    if (definition != null) {
      return defined.make(definition, Scope.of(definition.bind(at, passed)));
    }
    if (!TorchModules.knows(type)) {
      throw at.error(unknown(type));
    }
    return TorchModules.maker(type, at, passed).get();
  }

  /** What makes a module of PyTorch's where its arguments are the same in any scope; else null. */
  private @Nullable Supplier<Module> maker(Syntax syntax, Scope scope) {
    if (syntax.kind() != Kind.CALL || !syntax.hasConstantArguments()) {
      return null;
    }
    String type = bare(syntax.parts().get(0).path());
    return TorchModules.knows(type) && !definitions.containsKey(type)
        ? TorchModules.maker(type, syntax, scope.passed(syntax))
        : null;
  }

  /** What to say of a class that there is not. */
  String unknown(String type) {
    List<String> known = new ArrayList<>(TorchModules.names());
    known.addAll(definitions.keySet());
    return "module '%s' is not known%s".formatted(type, Nearest.hint(type, known));
  }

  /** A class's name without that of torch.nn. */
  static String bare(String type) {
    return type.startsWith("torch.nn.")
        ? type.substring(9)
        : type.startsWith("nn.") ? type.substring(3) : type;
  }

  private Module zoo(String name, Syntax at, Map<String, @Nullable Object> named) {
    StringBuilder request = new StringBuilder(name);
    String separator = "(";
    for (Map.Entry<String, @Nullable Object> entry : named.entrySet()) {
      request.append(separator).append(entry.getKey()).append('=').append(entry.getValue());
      separator = ",";
    }
    try {
      return zoo.apply(request + (named.isEmpty() ? "" : ")")).root();
    } catch (IllegalArgumentException e) {
      throw at.error(String.valueOf(e.getMessage()));
    }
  }

  /** Another name for a module that is there already: {@code self.encoder.layers[0]}. */
  private Module reference(Syntax syntax, Scope scope) {
    if (scope.container() != null && syntax.kind() != Kind.TEXT) {
      Object value = scope.value(syntax);
      if (value instanceof Module module && module != scope.container()) {
        return module;
      }
    }
    throw syntax.error("expected a module, such as Conv2d(3, 64, 7) or ReLU()");
  }

  private static void freeze(Module module) {
    for (Map.Entry<String, Parameter> entry : new LinkedHashMap<>(module.parameters()).entrySet()) {
      module.share(entry.getKey(), new Parameter(entry.getValue().shape(), false));
    }
    module.children().values().forEach(ModuleTexts::freeze);
  }
}
