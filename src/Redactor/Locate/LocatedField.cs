namespace Redactor.Locate;

/// <summary>What lies at a located place.</summary>
public enum FieldRole
{
    /// <summary>A message that holds further located fields; they follow it in the list.</summary>
    Message,

    /// <summary>Text: a string value, or a JSON string's content without its quotes.</summary>
    Text,

    /// <summary>The key of an attribute, or a JSON member's name without its quotes.</summary>
    Name,

    /// <summary>An integer in a position that may hold any value.</summary>
    WholeNumber,

    /// <summary>A floating point number in a position that may hold any value.</summary>
    FloatingNumber,

    /// <summary>Bytes that may be text (base64 in JSON).</summary>
    Bytes,

    /// <summary>A length-delimited field that this build does not know: text, a message, or neither.</summary>
    Unknown,
}

/// <summary>One field that something may have to be masked in, and where it lies in the payload. All offsets count from the payload's start.</summary>
public struct LocatedField
{
    /// <summary>What it is.</summary>
    public FieldRole Role { get; set; }

    /// <summary>Offset of the whole field: its tag; in JSON the token, or the member's name where the member is replaced as a whole.</summary>
    public int FieldStart { get; set; }

    /// <summary>Protobuf: offset behind the tag, where the length stands. JSON: offset behind the element before this one, or -1 for the first.</summary>
    public int PrefixStart { get; set; }

    /// <summary>Offset of the content.</summary>
    public int Start { get; set; }

    /// <summary>Offset behind the content.</summary>
    public int End { get; set; }

    /// <summary>JSON: offset of the element behind this one, or <see cref="End"/> for the last. Only of messages.</summary>
    public int NextStart { get; set; }

    /// <summary>Index of the message around it in the list; -1 for the payload itself.</summary>
    public int Parent { get; set; }

    /// <summary>The rule that names the value as secret, or -1.</summary>
    public int NameRule { get; set; }

    /// <summary>JSON: whether the token holds escapes.</summary>
    public bool Escaped { get; set; }

    /// <summary>What a message is.</summary>
    public MessageShape Shape { get; set; }

    /// <summary>The bits of a number.</summary>
    public ulong Number { get; set; }

    /// <summary>Where findings in it are said to be.</summary>
    public string Place { get; set; }
}
