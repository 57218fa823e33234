namespace Redactor.Locate;

/// <summary>What a field of an OTLP message is to redaction.</summary>
public enum FieldKind
{
    /// <summary>Text: scanned, and masked where a rule finds something.</summary>
    Text,

    /// <summary>An attribute's key: scanned as text, and asked whether it names a secret.</summary>
    Name,

    /// <summary>An attribute's number: scanned as its decimal text; a finding makes it a masked string.</summary>
    Number,

    /// <summary>Bytes that may be text: scanned, masked like text if they are UTF-8, else at equal length.</summary>
    Bytes,

    /// <summary>The id of a trace, span or profile: stays true, if it has the length that such an id has.</summary>
    Id,

    /// <summary>A timestamp, flag, count, measurement, enumeration or index: never looked at.</summary>
    Opaque,

    /// <summary>Index of an attribute's key in the string table of a profiles request.</summary>
    NameIndex,

    /// <summary>Index of an attribute's text in the string table of a profiles request.</summary>
    TextIndex,

    /// <summary>A message with fields of its own.</summary>
    Message,
}

/// <summary>The wire types of protobuf, by their numbers on the wire.</summary>
public enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}

/// <summary>One field of an OTLP message, as <see cref="OtlpFields"/> classifies it.</summary>
/// <param name="Number">Field number on the wire.</param>
/// <param name="JsonName">Name in OTLP/JSON.</param>
/// <param name="Kind">What it is to redaction.</param>
/// <param name="Wire">Wire type of one value.</param>
public sealed record OtlpField(int Number, string JsonName, FieldKind Kind, WireType Wire)
{
    /// <summary>Where findings in it, and below it, are said to be; null: where the field above says.</summary>
    public string? Place { get; init; }

    /// <summary>The type of a <see cref="FieldKind.Message"/>.</summary>
    public OtlpMessage? Message { get; init; }

    /// <summary>Length in bytes of a <see cref="FieldKind.Id"/>.</summary>
    public int IdLength { get; init; }

    /// <summary>Whether the numbers of a repeated field may come packed into one length-delimited value.</summary>
    public bool Packable { get; init; }

    /// <summary>Whether <paramref name="wire"/> is a way to spell this field. Parsers take any other for an unknown field.</summary>
    public bool Accepts(WireType wire) => wire == Wire || (Packable && wire == WireType.Length);
}
