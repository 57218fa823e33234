using Redactor.Locate;

namespace Redactor.Redact.Views;

/// <summary>One unit of a payload, and what is known of it from searching the whole.</summary>
internal readonly ref struct PayloadUnit
{
    /// <summary>The unit as it stands.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Where it starts in the payload.</summary>
    public int Start { get; init; }

    /// <summary>The unit without escapes.</summary>
    public ReadOnlySpan<byte> Plain { get; init; }

    /// <summary>Where that starts among the <see cref="UnitTexts"/>.</summary>
    public int PlainStart { get; init; }

    /// <summary>The escapes in it.</summary>
    public ReadOnlySpan<Escape> Escapes { get; init; }

    /// <summary>The places in it that are worth a look, with offsets among the <see cref="UnitTexts"/>.</summary>
    public UnitTriggers Triggers { get; init; }
}
