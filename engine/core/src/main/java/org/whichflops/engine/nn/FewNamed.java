package org.whichflops.engine.nn;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few things by name, in the order they came: a third of the memory of a LinkedHashMap, of which
 * a network would have two or three a layer. Seen from outside it cannot be changed.
 */
final class FewNamed<V> extends AbstractMap<String, V> {
  /** So few that looking through all names is as quick as hashing one. */
  static final int MOST = 8;

  private String[] names = new String[2];
  private Object[] values = new Object[2];
  private int size;

  /**
   * Puts a value under a name, in the place of what was there.
   *
   * @return whether there was room
   */
  boolean set(String name, V value) {
    int at = indexOf(name);
    if (at < 0 && size == MOST) {
      return false;
    }
    if (at < 0) {
      if (size == names.length) {
        names = Arrays.copyOf(names, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      at = size++;
    }
    names[at] = name;
    values[at] = value;
    return true;
  }

  private int indexOf(@Nullable Object name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked") // set puts nothing else there
  private V value(int i) {
    return (V) values[i];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable V get(@Nullable Object name) {
    int at = indexOf(name);
    return at < 0 ? null : value(at);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super V> action) {
    for (int i = 0; i < size; i++) {
      action.accept(names[i], value(i));
    }
  }

  @Override
  public Collection<V> values() {
    return new AbstractCollection<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<V> iterator() {
        return new InOrder<>(size) {
          @Override
          V at(int i) {
            return value(i);
          }
        };
      }
    };
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Map.Entry<String, V>> iterator() {
        return new InOrder<>(size) {
          @Override
          Map.Entry<String, V> at(int i) {
            return Map.entry(names[i], value(i));
          }
        };
      }
    };
  }

  private abstract static class InOrder<T> implements Iterator<T> {
    private final int size;
    private int next;

    InOrder(int size) {
      this.size = size;
    }

    abstract T at(int i);

    @Override
    public final boolean hasNext() {
      return next < size;
    }

    @Override
    public final T next() {
      if (next == size) {
        throw new NoSuchElementException();
      }
      return at(next++);
    }
  }
}
