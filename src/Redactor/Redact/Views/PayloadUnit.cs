using Redactor.Locate;

namespace Redactor.Redact.Views;

/// <summary>One unit of a payload, and what is known of it from searching the whole.</summary>
internal readonly ref struct PayloadUnit
{
    /// <summary>The unit as it stands.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Where it starts in the payload.</summary>
    public int Start { get; init; }

    /// <summary>Where it starts in <see cref="PayloadText.Plain"/>.</summary>
    public int PlainStart { get; init; }

    /// <summary>How long it is there.</summary>
    public int PlainLength { get; init; }

    /// <summary>The escapes in it.</summary>
    public ReadOnlySpan<Escape> Escapes { get; init; }

    /// <summary>The places in it that are worth a look, with offsets in <see cref="PayloadText.Plain"/>.</summary>
    public UnitTriggers Triggers { get; init; }
}
