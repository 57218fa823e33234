namespace Redactor.Scanning.Expressions;

/// <summary>An expression that is refused: where (in characters of the pattern) and why.</summary>
internal sealed class ExpressionException(int position, string message) : Exception(message)
{
    internal int Position { get; } = position;
}
