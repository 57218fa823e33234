namespace Redactor.Receive.Kafka;

/// <summary>Takes one record to its end: delivered, or a dead letter. What may succeed later is offered again for ever; polling goes on meanwhile.</summary>
internal sealed class RecordHandler(KafkaFlow flow, IDeadLetterStore deadLetters, KafkaReceiveLimits limits, KafkaReceiverLog log)
{
    /// <param name="record">The record.</param>
    /// <param name="stopping">Ends the waits: the record's partition is to be given up.</param>
    /// <param name="abort">Ends the attempt under way too.</param>
    /// <returns>Whether it is done, so that its offset may be committed. Never throws.</returns>
    public async Task<bool> HandleAsync(ConsumedRecord record, CancellationToken stopping, CancellationToken abort)
    {
        var delay = new RetryDelay(limits);
        try
        {
            while (true)
            {
                var outcome = await OfferAsync(record.Payload, abort);
                switch (RecordFates.Of(outcome))
                {
                    case RecordFate.Done:
                        log.GoesOn();
                        await BuryAsync(record, outcome, delay, stopping);
                        return true;
                    case RecordFate.DeadLetter:
                        await BuryAsync(record, outcome, delay, stopping);
                        return true;
                }

                log.Waits("the backends can't take them now");
                await Task.Delay(delay.Next((outcome as ExportOutcome.Retryable)?.RetryAfter), stopping);
                flow.OnRetry();
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<ExportOutcome> OfferAsync(Payload payload, CancellationToken abort)
    {
        try
        {
            // Whatever does not heed the token is left to itself: its record comes again to whom the partition goes to.
            return await flow.Export(payload, abort).WaitAsync(abort);
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            return new ExportOutcome.Retryable("cancelled");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.Defect(e);
            return new ExportOutcome.Refused(Refusal.Internal);
        }
    }

    /// <summary>Keeps what was rejected, whatever time it takes.</summary>
    private async Task BuryAsync(ConsumedRecord record, ExportOutcome outcome, RetryDelay delay, CancellationToken stopping)
    {
        foreach (var letter in Letters(record, outcome))
        {
            while (!await deadLetters.TryAddAsync(letter))
            {
                log.Waits("the dead letters can't be written (a topic that is missing or not permitted, a file that is full or can't be opened)");
                await Task.Delay(delay.Next(null), stopping);
            }

            flow.OnDeadLetter(letter.Reason);
            log.DeadLetter(record, letter.Reason);
        }
    }

    private static IEnumerable<DeadLetter> Letters(ConsumedRecord record, ExportOutcome outcome) => outcome switch
    {
        ExportOutcome.Refused refused => [new DeadLetter(record, refused.Reason, refused.Message, refused.Rejected)],
        ExportOutcome.PartialSuccess partial => partial.Rejected.Select(part => new DeadLetter(record, Refusal.BackendRefused, partial.Message, part)),
        _ => [],
    };
}
