// @ts-check
// One key for one intention: it is kept while an attempt may have reached the server, and a corrected form gets a new one.

export class Intention {
  #key = crypto.randomUUID();

  get key() {
    return this.#key;
  }

  /** After a clear answer the next attempt means something new. */
  renew() {
    this.#key = crypto.randomUUID();
  }

  /** Runs one attempt; what failed without a clear answer keeps its key.
   * @template T @param {(key: string) => Promise<T>} attempt @returns {Promise<T>} */
  async attempt(attempt) {
    try {
      const answer = await attempt(this.#key);
      this.renew();
      return answer;
    } catch (failure) {
      if (/** @type {any} */ (failure)?.settled) this.renew();
      throw failure;
    }
  }
}
