namespace Redactor.Import;

/// <summary>A place in a TOML text.</summary>
internal sealed class TomlCursor(string text)
{
    private int at;

    /// <summary>The line, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Whether nothing more comes.</summary>
    public bool AtEnd => at >= text.Length;

    /// <summary>The character here; NUL, which TOML does not allow, behind the end.</summary>
    public char Current => AtEnd ? '\0' : text[at];

    /// <summary>Takes one character.</summary>
    public char Next()
    {
        if (AtEnd)
        {
            throw Wrong("the file ends too early");
        }

        char c = text[at++];
        Line += c == '\n' ? 1 : 0;
        return c;
    }

    /// <summary>Takes <paramref name="word"/> if it stands here.</summary>
    public bool TryTake(string word)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
        {
            return false;
        }

        for (int i = 0; i < word.Length; i++)
        {
            Next();
        }

        return true;
    }

    /// <summary>Takes <paramref name="word"/>, behind spaces.</summary>
    public void Take(string word)
    {
        SkipSpace();
        if (!TryTake(word))
        {
            throw Wrong($"'{word}' is missing");
        }
    }

    /// <summary>Takes characters while they are such.</summary>
    public string TakeWhile(Func<char, bool> isPart)
    {
        int start = at;
        while (!AtEnd && isPart(Current))
        {
            Next();
        }

        return text[start..at];
    }

    /// <summary>Skips spaces and tabs.</summary>
    public void SkipSpace() => TakeWhile(c => c is ' ' or '\t');

    /// <summary>Skips spaces, line ends and comments.</summary>
    public void SkipBlank()
    {
        while (TakeWhile(c => c is ' ' or '\t' or '\r' or '\n').Length > 0 || Current == '#')
        {
            if (Current == '#')
            {
                TakeWhile(c => c != '\n');
            }
        }
    }

    /// <summary>Nothing but a comment may follow on this line.</summary>
    public void EndLine()
    {
        SkipSpace();
        if (!AtEnd && Current is not ('#' or '\r' or '\n'))
        {
            throw Wrong("something follows that does not belong there");
        }
    }

    /// <summary>What is wrong on this line.</summary>
    public TomlException Wrong(string message) => new(Line, message);
}
