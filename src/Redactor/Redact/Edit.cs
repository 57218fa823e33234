namespace Redactor.Redact;

/// <summary>What happens to a located field.</summary>
internal enum EditKind
{
    /// <summary>It stays; its length may change with what it holds.</summary>
    None,

    /// <summary>Its content is replaced.</summary>
    ReplaceContent,

    /// <summary>The whole field is replaced, because its type changes.</summary>
    ReplaceField,

    /// <summary>It goes.</summary>
    Drop,
}

/// <summary>The edit of the located field with the same index.</summary>
internal struct Edit
{
    public EditKind Kind;

    /// <summary>Where the new bytes lie in <see cref="Scratch.Replacements"/>.</summary>
    public int ReplacementStart;

    /// <summary>How many they are.</summary>
    public int ReplacementLength;

    /// <summary>Of a message: by how many bytes its content grows.</summary>
    public int Growth;

    /// <summary>Of a message: the number of the last key that was masked in a list of it; 0: none yet.</summary>
    public int KeyOrdinal;
}
