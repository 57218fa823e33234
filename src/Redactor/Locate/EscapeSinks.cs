namespace Redactor.Locate;

/// <summary>Is told of the escapes in a text, in the order in which they stand there.</summary>
internal interface IEscapeSink
{
    /// <summary>Takes an escape.</summary>
    /// <param name="escape">Where it is.</param>
    /// <param name="first">The first byte of what it stands for.</param>
    void Add(in Escape escape, byte first);

    /// <summary>Takes a backslash that begins no escape.</summary>
    void AddBackslash();
}

/// <summary>Keeps the escapes of a text, behind those that the list holds.</summary>
internal readonly struct EscapeList(List<Escape> escapes) : IEscapeSink
{
    public void Add(in Escape escape, byte first) => escapes.Append(escape);

    public void AddBackslash()
    {
        // It is spelled as what it is.
    }
}

/// <summary>Remembers of the escapes of a text only whether there are any: most texts are never asked for theirs.</summary>
internal struct EscapeSigns : IEscapeSink
{
    /// <summary>Whether there was an escape.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Whether a backslash is left in the text: there may be escapes in it once more.</summary>
    public bool LeavesBackslash { get; private set; }

    public void Add(in Escape escape, byte first)
    {
        HasEscapes = true;
        LeavesBackslash |= first == (byte)'\\';
    }

    public void AddBackslash() => LeavesBackslash = true;
}
