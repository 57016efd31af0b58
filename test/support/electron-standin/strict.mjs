/* A name that stands neither on an object nor on what it inherits from throws, so that no call into Electron is silently ignored. */

export function strict(name, object) {
  const inherited = Object.getPrototypeOf(object);
  return Object.setPrototypeOf(object, new Proxy(inherited, {
    get(target, key, self) {
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') return Reflect.get(target, key, self);
      throw new Error(`electron stand-in has no ${name}.${String(key)}`);
    },
  }));
}

/** Emits an event that a listener may prevent. @returns whether one did */
export function prevented(emitter, name, given = {}, ...rest) {
  const event = {
    ...given,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
  emitter.emit(name, event, ...rest);
  return event.defaultPrevented;
}
