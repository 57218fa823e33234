using System.Buffers;

namespace Redactor.Locate;

/// <summary>What locating needs beside the payload, and what it finds. Reused, so that it allocates nothing in the steady state.</summary>
public class LocateScratch
{
    /// <summary>The texts that may have to be searched.</summary>
    public UnitTexts Texts { get; } = new();

    /// <summary>The located fields.</summary>
    public LocatedFieldList Fields { get; } = new();

    /// <summary>The string table of a profiles request.</summary>
    public StringTable Strings { get; } = new();

    /// <summary>Whether the request may hold streamed texts; only of protobuf.</summary>
    public StreamSigns Streams { get; } = new();

    /// <summary>Keys that are known to be harmless.</summary>
    public NameCache Names { get; } = new();

    /// <summary>One unit in plain that the payload holds escaped or encoded.</summary>
    public ArrayBufferWriter<byte> Plain { get; } = new(1024);

    /// <summary>The escapes by which the payload spells <see cref="Plain"/>.</summary>
    public List<Escape> Escapes { get; } = [];
}
