/* Finds pages by what stands on them: texts and queries in one form, as normal_form.py has it, the index as index.py made it. */
window.openSearch = (() => {
  "use strict"
  const FORMAT = 1
  const FACET = "\t"
  const GRAM = 3
  const LETTERS = 4
  const AT_ONCE = 3
  const FEW = 6
  const EXACT = 50
  const RANKED = 12
  const RANKED_BY_PHRASE = 16
  const LARGE = 9
  const INVISIBLE =
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b-\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u3164\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu
  const QUOTATION_MARK = /[“”„‟«»‘’‚‛‹›「」『』"′]/g
  const PRIME = "′"
  const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}"
  const TOKEN = new RegExp(`[${HAN}]+|[0-9]+(?:[.,:${PRIME}][0-9]+)*(?!(?![${HAN}])[\\p{L}\\p{N}])|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, "gu")
  const IS_HAN = new RegExp(`^[${HAN}]`, "u")
  const SAYS = /[\p{L}\p{N}]/u
  const NO_FORMS = ["always", "during", "evening", "evenings", "morning", "mornings", "news", "none", "nothing", "perhaps", "production",
    "series", "something", "species", "unite", "united"]
  /* What is left of a word that ends in one silent e: `noted` is of `note`, not of `not`. */
  const SHORT = /^(?:[^aeiou]*[aeiouy][^aeiouwxys]|us|[a-z]i)$/
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  const HALF = DIGITS.length / 2

  /* The one form of a text, and where in the text each of its characters stands. */
  const characters = {}
  const character = letter => {
    if (!(letter in characters))
      characters[letter] = letter.normalize("NFKC").toLowerCase().replace(QUOTATION_MARK, "'").replace(INVISIBLE, "")
    return characters[letter]
  }
  const traced = (text, locale) => {
    let [form, at] = ["", []]
    let place = 0
    for (const letter of text) {
      for (const part of character(letter)) {
        form += part
        for (let unit = 0; unit < part.length; unit += 1) at.push(place)
      }
      place += letter.length
    }
    const kept = (choose) => {
      let [left, places] = ["", []]
      for (let index = 0; index < form.length; index += 1) {
        const chosen = choose(form[index], index, left)
        if (!chosen) continue
        left += chosen
        places.push(at[index])
      }
      form = left
      at = places
    }
    const digit = letter => letter >= "0" && letter <= "9"
    if (form.indexOf("'") >= 0) {
      kept((letter, index, left) => {
        if (letter !== "'") return letter
        let after = index
        while (form[after] === "'") after += 1
        return form[index - 1] !== "'" && digit(left.slice(-1)) && digit(form[after] || "") ? PRIME : ""
      })
    }
    kept((letter, index, left) => !/\s/.test(letter) ? letter : left && left.slice(-1) !== " " ? " " : "")
    if (form.slice(-1) === " ") form = form.slice(0, -1)
    const latin = letter => letter >= "!" && letter <= "~"
    if (locale === "zh")
      kept((letter, index, left) => letter !== " " || latin(form[index - 1]) && latin(form[index + 1] || "") ? letter : "")
    return {form, at}
  }
  const normalForm = (text, locale) => traced(text.normalize("NFC"), locale).form

  /* What the forms of an English word have in common. */
  const stem = word => {
    if (word.length < 4 || !/^[a-z]+$/.test(word) || NO_FORMS.indexOf(word) >= 0) return word
    if (/ies$/.test(word) && word.length > 4) word = word.slice(0, -3) + "y"
    else if (/[^sui]s$/.test(word)) word = word.slice(0, -1)
    if (/ied$/.test(word) && word.length > 4) word = word.slice(0, -3) + "y"
    else {
      for (const ending of [/ed$/, /ing$/]) {
        const left = word.replace(ending, "")
        if (left !== word && left.length > 1 && left.slice(-1) !== "e" && /[aeiouy]/.test(left))
          word = SHORT.test(left) ? `${left}e` : left.replace(/^(..+)([bdgmnprt])\2$/, "$1$2")
      }
      word = word.replace(/^(.{5,}[st])ion$/, "$1").replace(/^(....+l)l$/, "$1")
    }
    return word.length > 3 && word.slice(-1) === "e" && !SHORT.test(word.slice(0, -1)) ? word.slice(0, -1) : word
  }

  const tokens = text => text.match(TOKEN) || []
  const isHan = token => IS_HAN.test(token)
  const bucketOf = (name, count) => {
    let found = 0x811c9dc5
    for (const letter of name) found = Math.imul(found ^ letter.codePointAt(0), 0x01000193)
    return ((found ^ found >>> 15) >>> 0) % count
  }
  const numbers = text => {
    const found = []
    let [number, distance, place] = [0, 0, 1]
    for (const letter of text) {
      const value = DIGITS.indexOf(letter)
      distance += value % HALF * place
      place *= HALF
      if (value >= HALF) continue
      found.push(number += distance)
      distance = 0
      place = 1
    }
    return found
  }

  /* What a query asks for: terms as they stand on a page, words apart, or together in quotation marks; marks within a term part nothing. */
  const parsed = (query, locale) => {
    const found = []
    for (const part of query.normalize("NFC").replace(INVISIBLE, "").replace(/[“”„‟＂]/g, '"').match(/"[^"]+"(?=\s|$)|\S+/g) || []) {
      const [form, quoted] = [normalForm(part, locale), /^".*"$/.test(part)]
      if (!SAYS.test(form)) continue
      const pieces = locale === "zh" ? [form] : tokens(form)
      found.push({form, pieces, quoted, asks: pieces.map(piece => askedOf(piece, quoted, locale)).reduce((all, more) => all.concat(more), [])})
    }
    return found
  }
  const askedOf = (piece, quoted, locale) => {
    if (locale !== "zh" && !isHan(piece)) {
      const root = stem(piece)
      return [{name: root.slice(0, LETTERS), has: quoted ? key => key === piece : key => stem(key) === root}]
    }
    const letters = Array.from(piece)
    if (letters.length === 1) return []
    if (letters.length === 2) return [{name: piece, has: key => key.indexOf(piece) === 0}]
    const last = letters.length - GRAM
    const found = []
    for (let start = 0; start < last + GRAM; start += GRAM) {
      const gram = letters.slice(Math.min(start, last), Math.min(start, last) + GRAM)
      found.push({name: gram.slice(0, 2).join(""), has: key => key === gram.join("")})
      if (start >= last) break
    }
    return found
  }
  /* Whether the index alone cannot tell that a page has a term. */
  const unproven = (term, locale) => term.pieces.length > 1 || term.pieces.some(piece =>
    (locale === "zh" || isHan(piece)) && (Array.from(piece).length > GRAM || Array.from(piece).length < 2))

  /* The places of a term in the form of a text, each from where to where. */
  const places = (term, form, locale) => {
    const found = []
    if (locale === "zh") {
      for (let at = form.indexOf(term.form); at >= 0; at = form.indexOf(term.form, at + 1)) found.push([at, at + term.form.length])
      return found
    }
    const words = []
    form.replace(TOKEN, (word, at) => words.push({word, at}))
    const same = (piece, word, first, last) => isHan(piece)
      ? first && last ? word.indexOf(piece) >= 0 : first ? word.slice(-piece.length) === piece : last ? word.indexOf(piece) === 0 : word === piece
      : word === piece || !term.quoted && (stem(word) === stem(piece) || Boolean(term.begins) && word.indexOf(piece) === 0)
    const size = term.pieces.length
    words.forEach((_, start) => {
      if (!term.pieces.every((piece, index) => words[start + index] && same(piece, words[start + index].word, index === 0, index === size - 1))) return
      const end = words[start + size - 1]
      const within = size === 1 && isHan(term.form) ? words[start].word.indexOf(term.form) : 0
      found.push([words[start].at + within, within || size === 1 && isHan(term.form) ? words[start].at + within + term.form.length : end.at + end.word.length])
    })
    return found
  }
  const stands = (term, texts, locale) => texts.some(text => places(term, normalForm(text, locale), locale).length)

  /* The pieces of a text in turn: not asked for, asked for, not asked for … */
  const marked = (text, terms, locale) => {
    text = text.normalize("NFC")
    const {form, at} = traced(text, locale)
    const spans = terms.map(term => places(term, form, locale)).reduce((all, more) => all.concat(more), [])
      .map(([start, end]) => [at[start], at[end - 1] + String.fromCodePoint(text.codePointAt(at[end - 1])).length]).sort((a, b) => a[0] - b[0])
    const pieces = [""]
    let done = 0
    for (const [start, end] of spans) {
      if (start < done) continue
      pieces[pieces.length - 1] += text.slice(done, start)
      pieces.push(text.slice(start, end), "")
      done = end
    }
    pieces[pieces.length - 1] += text.slice(done)
    return pieces
  }

  const distance = (one, other) => {
    let row = Array.from({length: other.length + 1}, (_, index) => index)
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i]
      for (let j = 1; j <= other.length; j += 1)
        next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)))
      row = next
    }
    return row[other.length]
  }

  /* The index whose `index.json` stands at an address, in the language of its pages. */
  const opened = (address, locale) => {
    let index = null
    let files = {}
    const read = async path => {
      const answer = await fetch(new URL(path, address), {cache: "no-cache"})
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      return answer.json()
    }
    const once = path => {
      if (!files[path]) files[path] = read(path)
      files[path].catch(() => { delete files[path] })
      return files[path]
    }
    /* Notices an index of another version, and forgets what was read of the one before. */
    let asking = null
    const renew = async () => {
      asking = asking || read("index.json")
      const done = () => { asking = null }
      asking.then(done, done)
      const found = await asking
      if (found.format !== FORMAT) throw Object.assign(new Error("another version"), {renewed: true})
      const same = index && index.generation === found.generation
      if (!same) files = {}
      index = found
      return !same
    }
    const bucket = name => once(`keys/${bucketOf(name, index.buckets)}.json`)
    const page = async number => (await once(`pages/${Math.floor(number % index.space / index.pack)}.json`))[number]

    /* Who has what is asked for in the text or the names, and who has it in the names. */
    const holders = async ask => {
      const keys = await bucket(ask.name)
      const found = {all: new Set(), names: new Set()}
      for (const key of Object.keys(keys)) {
        if (key[0] === FACET ? key !== ask.name : !ask.has(key)) continue
        const [text, names] = keys[key].split(" ")
        for (const number of numbers(text)) found.all.add(number)
        for (const number of numbers(names || "")) {
          found.all.add(number)
          found.names.add(number)
        }
      }
      return found
    }

    const candidates = async (terms, facets) => {
      const asks = facets.map(facet => ({name: FACET + facet, has: () => false}))
      const size = ask => Number(index.sizes[bucketOf(ask.name, index.buckets)])
      let wanted = facets.length
      for (const term of terms) {
        /* A large bucket would tell little more than a smaller one of the same term. */
        const small = term.asks.filter(ask => size(ask) < LARGE)
        wanted += term.asks.length
        for (const ask of small.length ? small : term.asks) asks.push(Object.assign({term}, ask))
      }
      asks.sort((a, b) => (a.term ? size(a) : 10) - (b.term ? size(b) : 10))
      let found = null
      let asked = 0
      const outside = new Map()
      while (asked < asks.length) {
        const some = asks.slice(asked, asked + AT_ONCE)
        asked += some.length
        const answers = await Promise.all(some.map(holders))
        answers.forEach(({all, names}, place) => {
          found = found ? found.filter(number => all.has(number)) : Array.from(all)
          if (some[place].term) for (const number of found) if (!names.has(number)) {
            if (!outside.has(number)) outside.set(number, new Set())
            outside.get(number).add(some[place].term)
          }
        })
        if (found.length <= (asks.slice(asked).some(ask => !ask.term) ? 0 : FEW)) break
      }
      const unnamed = number => outside.has(number) ? outside.get(number).size : 0
      const kind = number => Math.floor(number / index.space)
      const order = (a, b) => unnamed(a) - unnamed(b) || kind(a) - kind(b) || a - b
      return {numbers: (found || []).sort(order), proven: asked === wanted, order, kind}
    }

    const answer = async (terms, facets) => {
      /* A single character is looked for in titles, and beside other words wherever they stand. */
      const single = terms.every(term => !term.asks.length)
      if (single) terms = terms.map(term => Object.assign({}, term, {asks: [{name: term.form, has: key => key === term.form}]}))
      const {numbers: found, proven, order, kind} = await candidates(terms, facets)
      const exact = single && terms.length === 1 || proven && !terms.some(term => unproven(term, locale))
      const phrase = terms.map(term => term.form).join(locale === "zh" ? "" : " ")
      const whole = {form: locale === "zh" ? normalForm(terms.map(term => term.form).join(" "), "zh") : phrase,
        pieces: locale === "zh" ? [phrase] : tokens(phrase), quoted: false}
      const has = told => facets.every(facet => told.facets.indexOf(facet) >= 0) && (exact ||
        terms.every(term => stands(term, [told.title].concat(told.also, told.text), locale)))
      const rank = (told, number) => {
        const names = [told.title].concat(told.also)
        return [stands(whole, names, locale) ? 0 : stands(whole, told.text, locale) ? 1 : 2, kind(number),
          names.some(name => normalForm(name, locale) === whole.form) ? 0 : 1, -Math.max(0, ...told.facets.map(Number).filter(year => year))]
      }
      const waiting = found.slice()
      let ready = []
      let refused = 0
      const prepare = async count => {
        const some = waiting.splice(0, count)
        const told = await Promise.all(some.map(page))
        some.forEach((number, place) => {
          if (!told[place] || !has(told[place])) refused += 1
          else ready.push({number, told: told[place], rank: rank(told[place], number)})
        })
        ready.sort((a, b) => a.rank.reduce((sooner, value, place) => sooner || value - b.rank[place], 0) || order(a.number, b.number))
      }
      await prepare(terms.length > 1 ? RANKED_BY_PHRASE : RANKED)
      while (!ready.length && waiting.length) await prepare(RANKED)
      return {
        terms,
        single,
        count: () => found.length - refused,
        /* Whether every page that is counted is known to have the query. */
        certain: () => exact || !waiting.length,
        /* Makes sure of the count, where that is not too much to read. */
        confirm: async () => { if (!exact && found.length <= EXACT) await prepare(waiting.length) },
        next: async count => {
          while (ready.length < count && waiting.length) await prepare(count)
          return ready.splice(0, count).map(({told}) => told)
        },
        left: () => ready.length + waiting.length,
      }
    }

    /* A last word that is on no page may be half typed. */
    const begun = async terms => {
      const term = terms[terms.length - 1]
      if (locale === "zh" || term.quoted || term.pieces.length > 1 || isHan(term.form) || term.form.length < LETTERS) return null
      const keys = Object.keys(await bucket(term.form.slice(0, LETTERS)))
      if (!keys.some(key => key.indexOf(term.form) === 0) || keys.some(key => stem(key) === stem(term.form))) return null
      const ask = {name: term.form.slice(0, LETTERS), has: key => key.indexOf(term.form) === 0}
      return terms.slice(0, -1).concat(Object.assign({}, term, {begins: true, asks: [ask]}))
    }

    /* The names most like a query that found nothing. */
    const near = async terms => {
      const likeness = new Map()
      const add = (list, much) => { for (const number of list) likeness.set(number, (likeness.get(number) || 0) + much) }
      for (const term of terms) for (const piece of term.pieces) {
        const letters = Array.from(piece)
        if (locale === "zh" || isHan(piece)) {
          const pairs = letters.slice(1).map((letter, at) => letters[at] + letter)
          for (const found of await Promise.all(pairs.map(pair => holders({name: pair, has: key => key.indexOf(pair) === 0}))))
            add(found.names, 1 / pairs.length)
        } else {
          const alike = key => distance(key, piece) <= (piece.length > 4 ? 2 : 1)
          add((await holders({name: stem(piece).slice(0, LETTERS), has: alike})).names, 1)
        }
      }
      const best = Array.from(likeness).filter(([, much]) => much > 0.3).sort((a, b) => b[1] - a[1] || a[0] - b[0])
      return Promise.all(best.slice(0, FEW / 2).map(([number]) => page(number)))
    }

    const simplified = async query => {
      const {traditional, simplified: simple} = await once("../traditional.json")
      const table = new Map(Array.from(traditional).map((letter, place) => [letter, Array.from(simple)[place]]))
      return Array.from(query).map(letter => table.get(letter) || letter).join("")
    }

    const search = async (query, facets) => {
      const terms = parsed(query, locale)
      if (!terms.length) return null
      let found = await answer(terms, facets)
      if (found.count()) return found
      const half = await begun(terms)
      if (half) found = await answer(half, facets)
      if (found.count()) return found
      if (Array.from(query).some(isHan)) {
        const simple = await simplified(query)
        if (simple !== query) {
          const again = await answer(parsed(simple, locale), facets)
          if (again.count()) return Object.assign(again, {simplified: simple})
        }
      }
      return Object.assign(found, {near: await near(terms)})
    }

    return {
      /* What a search can be narrowed down to. */
      offered: async () => {
        if (!index) await renew()
        return index
      },
      /* The answer to a query, or null where it asks for nothing. Rejects where the index cannot be read. */
      find: async (query, facets) => {
        if (!parsed(query, locale).length) return null
        const first = !index
        if (first) await renew()
        const checked = first ? Promise.resolve(false) : renew()
        checked.catch(() => {}) // Told of below.
        const found = await search(query, facets).catch(error => ({error}))
        const changed = await checked
        if (changed) return search(query, facets)
        if (found && found.error) throw found.error
        return found
      },
      marked: (text, terms) => marked(text, terms, locale),
    }
  }
  return Object.assign(opened, {normalForm, tokens, stem, bucketOf})
})()
