namespace Redactor.Forward.Queue;

/// <summary>What all lanes of a queue share.</summary>
/// <param name="Options">The queue's options.</param>
/// <param name="Reader">Reads what waits.</param>
/// <param name="Writer">Takes out what is settled.</param>
/// <param name="DeadLetters">Takes what will not be delivered.</param>
/// <param name="Log">Told of what goes wrong.</param>
/// <param name="Time">Measures ages and waits.</param>
internal sealed record QueueParts(QueueOptions Options, QueueReader Reader, QueueWriter Writer, DeadLetterBox DeadLetters, QueueLog Log, TimeProvider Time);
