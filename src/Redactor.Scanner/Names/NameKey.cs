using System.Text;

namespace Redactor.Scanning.Names;

/// <summary>
/// One name of <see cref="ScanRule.Keys"/>, taken apart: <c>x-apiKey</c> is the words x, api and key. Names are compared without case; between
/// words one separator (<c>- _ . space</c>) or none may stand, inside a word none.
/// </summary>
internal sealed class NameKey
{
    internal const string Separators = "-_. ";

    private NameKey(IReadOnlyList<string> words, bool anyBefore, bool anyAfter)
    {
        Words = words;
        AnyBefore = anyBefore;
        AnyAfter = anyAfter;
        Joined = Encoding.ASCII.GetBytes(string.Concat(words));
        int at = 0;
        foreach (string word in words)
        {
            at += word.Length;
            Boundaries |= UInt128.One << at;
        }

        Boundaries |= 1;
    }

    /// <summary>The words in lower case.</summary>
    internal IReadOnlyList<string> Words { get; }

    /// <summary>Whether the name ended or began in <c>*</c>: further words may stand there.</summary>
    internal bool AnyBefore { get; }

    internal bool AnyAfter { get; }

    /// <summary>The words without separators.</summary>
    internal byte[] Joined { get; }

    /// <summary>Bit n: a separator may stand before byte n of <see cref="Joined"/>.</summary>
    internal UInt128 Boundaries { get; }

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">It is no name: the message says why.</exception>
    internal static NameKey Parse(string key)
    {
        bool anyBefore = key.StartsWith('*');
        bool anyAfter = key.Length > 1 && key.EndsWith('*');
        string name = key.Trim('*');
        if (name.Contains('*', StringComparison.Ordinal))
        {
            throw new FormatException($"'{key}': a * may stand at the start or the end of a name only");
        }

        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool separator = Separators.Contains(c, StringComparison.Ordinal);
            if (!separator && (c is <= ' ' or > '~'))
            {
                throw new FormatException($"'{key}': a name is printable ASCII");
            }

            if (separator || (char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(name[i - 1])))
            {
                Close();
            }

            if (!separator)
            {
                word.Append(char.ToLowerInvariant(c));
            }
        }

        Close();
        int length = words.Sum(w => w.Length);
        if (length is 0 or > NameIndex.MaxLength)
        {
            throw new FormatException($"'{key}': a name has 1 to {NameIndex.MaxLength} characters besides separators and *");
        }

        return new NameKey(words, anyBefore, anyAfter);

        void Close()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
